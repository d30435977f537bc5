// Keys of the target table, where they shall be others than those of the source: primary, unique, foreign.

import { ActionIcon, Button, Select } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { Table } from '../../../../shared/model/catalog.ts';
import type { DeclaredKeys, TableMapping } from '../../../../shared/model/mapping.ts';
import { ColumnsInput } from '../fields/ColumnsInput.tsx';
import classes from '../map.module.css';
import { doEdit } from '../mapping.ts';
import { columnsInTarget } from '../model/target-names.ts';
import { type KeyKind, setKey } from '../model/uses.ts';
import { ColumnSelect } from '../steps/inputs/ColumnSelect.tsx';
import { useTargetColumns, useTargetTables } from '../target-tables.ts';

export interface KeysFieldProps {
  readonly table: string;
  readonly mapping: TableMapping;
  readonly source: Table | null;
}

export function KeysField({ table, mapping, source }: KeysFieldProps): React.JSX.Element {
  const keys = mapping.keys ?? {};
  const columns = columnsInTarget(mapping);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would stand around the fields of each key
    <div role="group" aria-label="Keys in the target" className={classes.field}>
      <h3 className={classes.subhead}>Keys in the target</h3>
      <OneKind kind="primary" label="Primary key" table={table} stands={sourceWords(source, 'primary')} keys={keys}>
        <ColumnsInput
          aria-label="Columns of the primary key"
          columns={columns}
          value={keys.primary ?? []}
          onChange={(chosen) => doEdit(setKey(table, 'primary', chosen.length === 0 ? null : chosen))}
        />
      </OneKind>
      <OneKind kind="unique" label="Unique keys" table={table} stands={sourceWords(source, 'unique')} keys={keys}>
        <Uniques table={table} columns={columns} unique={keys.unique ?? []} />
      </OneKind>
      <OneKind
        kind="references"
        label="Foreign keys"
        table={table}
        stands={`${sourceWords(source, 'references')}${withoutWords(keys)}`}
        keys={keys}
      >
        <References table={table} columns={columns} references={keys.references ?? []} />
      </OneKind>
    </div>
  );
}

interface OneKindProps {
  readonly kind: KeyKind;
  readonly label: string;
  readonly table: string;
  readonly stands: string;
  readonly keys: DeclaredKeys;
  readonly children: React.ReactNode;
}

/** A primary key without a column is none: it counts as declared from the first column on. */
function OneKind({ kind, label, table, stands, keys, children }: OneKindProps): React.JSX.Element {
  const [begun, setBegun] = useState(false);
  const declared = keys[kind] !== undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever that changes, what was begun is over
  useEffect(() => setBegun(false), [declared]);
  const isOpen = declared || begun;
  function choose(value: string | null): void {
    if (value !== 'declared') {
      setBegun(false);
      doEdit(setKey(table, kind, null));
    } else if (kind === 'primary') setBegun(true);
    else doEdit(setKey(table, kind, []));
  }
  return (
    <>
      <Select
        label={label}
        data={[
          { value: 'source', label: `As in the source: ${stands}` },
          { value: 'declared', label: 'Declared here' },
        ]}
        value={isOpen ? 'declared' : 'source'}
        onChange={choose}
        allowDeselect={false}
      />
      {isOpen ? <div className={classes.declared}>{children}</div> : null}
    </>
  );
}

interface UniquesProps {
  readonly table: string;
  readonly columns: readonly string[];
  readonly unique: readonly (readonly string[])[];
}

function Uniques({ table, columns, unique }: UniquesProps): React.JSX.Element {
  const keep = (next: readonly (readonly string[])[]) =>
    doEdit(
      setKey(
        table,
        'unique',
        next.filter((key) => key.length > 0).map((key) => [...key]),
      ),
    );
  return (
    <Growing what="unique key" count={unique.length} onRemove={(i) => keep(unique.toSpliced(i, 1))}>
      {(i) => (
        <ColumnsInput
          aria-label={`Columns of unique key ${i + 1}`}
          columns={columns}
          value={unique[i] ?? []}
          onChange={(chosen) => keep(i < unique.length ? unique.with(i, chosen) : [...unique, chosen])}
        />
      )}
    </Growing>
  );
}

type Reference = NonNullable<DeclaredKeys['references']>[number];

interface ReferencesProps {
  readonly table: string;
  readonly columns: readonly string[];
  readonly references: readonly Reference[];
}

function References({ table, columns, references }: ReferencesProps): React.JSX.Element {
  const keep = (next: readonly Reference[]) => doEdit(setKey(table, 'references', [...next]));
  return (
    <Growing what="foreign key" count={references.length} onRemove={(i) => keep(references.toSpliced(i, 1))}>
      {(i) => (
        <OneReference
          number={i + 1}
          columns={columns}
          reference={references[i] ?? null}
          onTake={(next) => keep(i < references.length ? references.with(i, next) : [...references, next])}
        />
      )}
    </Growing>
  );
}

interface OneReferenceProps {
  readonly number: number;
  readonly columns: readonly string[];
  /** null: it is new. */
  readonly reference: Reference | null;
  readonly onTake: (reference: Reference) => void;
}

const blank: Reference = { columns: [], table: '', to: [] };

/** Taken when both sides name as many columns. */
function OneReference({ number, columns, reference, onTake }: OneReferenceProps): React.JSX.Element {
  const [draft, setDraft] = useState(reference ?? blank);
  useEffect(() => {
    if (reference) setDraft(reference);
  }, [reference]);
  const tables = useTargetTables();
  const theirs = useTargetColumns(draft.table === '' ? null : draft.table);
  const uneven = draft.to.length > 0 && draft.columns.length !== draft.to.length;

  function put(more: Partial<Reference>): void {
    const next = { ...draft, ...more };
    setDraft(next);
    const whole = next.table !== '' && next.columns.length > 0 && next.columns.length === next.to.length;
    if (whole && JSON.stringify(next) !== JSON.stringify(reference)) onTake(next);
  }

  return (
    <div className={classes.reference}>
      <ColumnsInput
        aria-label={`Columns of foreign key ${number}`}
        columns={columns}
        value={draft.columns}
        onChange={(chosen) => put({ columns: chosen })}
      />
      <ColumnSelect
        aria-label={`Table that foreign key ${number} refers to`}
        placeholder="refers to the table"
        columns={tables}
        value={draft.table === '' ? null : draft.table}
        onChoose={(name) => put({ table: name, to: name === draft.table ? draft.to : [] })}
        nothing="No table of that name."
      />
      <ColumnsInput
        aria-label={`Columns that foreign key ${number} refers to`}
        placeholder={draft.table === '' ? 'and its columns' : 'Choose its columns'}
        disabled={theirs === null}
        columns={theirs ?? []}
        value={draft.to}
        error={uneven ? 'As many columns on both sides are needed.' : null}
        onChange={(chosen) => put({ to: chosen })}
      />
    </div>
  );
}

interface GrowingProps {
  readonly what: string;
  readonly count: number;
  readonly onRemove: (place: number) => void;
  readonly children: (place: number) => React.ReactNode;
}

/** What there is, and one more that is not whole yet. */
function Growing({ what, count, onRemove, children }: GrowingProps): React.JSX.Element {
  const [more, setMore] = useState(count === 0);
  // What was new is one of them now, or a key was taken back.
  useEffect(() => setMore(count === 0), [count]);
  const places = Array.from({ length: more ? count + 1 : count }, (_, i) => i);
  return (
    <>
      {places.map((i) => (
        <div key={i} className={classes.growing}>
          {children(i)}
          <ActionIcon
            size="sm"
            aria-label={`Remove ${what} ${i + 1}`}
            disabled={i === count && count === 0}
            onClick={() => (i < count ? onRemove(i) : setMore(false))}
          >
            <IconX size={12} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      {more ? (
        count === 0 ? (
          <div className={`quiet ${classes.hint}`}>Until one is chosen, the table has none.</div>
        ) : null
      ) : (
        <Button
          size="compact-xs"
          variant="subtle"
          className={classes.remove}
          leftSection={<IconPlus size={12} aria-hidden />}
          onClick={() => setMore(true)}
        >
          Add a {what}
        </Button>
      )}
    </>
  );
}

function withoutWords({ without = [] }: DeclaredKeys): string {
  return without.length === 0 ? '' : `, without ${without.map(({ columns }) => columns.join(', ')).join('; ')}`;
}

function sourceWords(source: Table | null, kind: KeyKind): string {
  if (!source) return '…';
  const lists =
    kind === 'primary'
      ? source.primaryKey
        ? [source.primaryKey.columns]
        : []
      : kind === 'unique'
        ? source.uniques.map(({ columns }) => columns)
        : source.foreignKeys.map(({ columns }) => columns);
  return lists.length === 0 ? 'none' : lists.map((columns) => columns.join(', ')).join('; ');
}
