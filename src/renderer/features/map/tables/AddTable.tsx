// Adds a table to the mapping: another use of a table of the source, a view, or a SELECT.

import { Button, Modal, SegmentedControl, Select, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { DroverErrorData } from '../../../../shared/errors.ts';
import { failureOf } from '../../../client/failure.ts';
import { catalogs } from '../../../client/stores/catalogs.ts';
import { useFrom } from '../../../client/use-from.ts';
import { CodeView } from '../../../ui/code/CodeView.tsx';
import { ErrorNote } from '../../../ui/state/ErrorNote.tsx';
import { ColumnsInput } from '../fields/ColumnsInput.tsx';
import { QueryCheck, useQuery } from '../inspector/QueryField.tsx';
import classes from '../map.module.css';
import { useSelected } from '../mapping.ts';
import { readsFrom, viewsOf } from '../model/uses.ts';
import { type Added, proposeTable } from '../propose.ts';

type Kind = Added['kind'];

const SHOWN = 100;

export function AddTable(): React.JSX.Element {
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        className={classes.whole}
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => setOpened(true)}
      >
        Add table
      </Button>
      <Modal opened={opened} onClose={() => setOpened(false)} title="Add a table to the target" size={560}>
        <Choosing onDone={() => setOpened(false)} />
      </Modal>
    </>
  );
}

/** Begins anew each time that it is opened. */
function Choosing({ onDone }: { readonly onDone: () => void }): React.JSX.Element {
  const overview = useFrom(catalogs, ({ source }) => (source.state === 'ready' ? source.overview : null));
  const selected = useSelected();
  const read = selected ? readsFrom(selected.mapping) : null;
  const tables = overview?.tables.map(({ name }) => name) ?? [];
  const views = overview ? viewsOf(overview) : [];
  const [kind, setKind] = useState<Kind>('again');
  const [table, setTable] = useState<string | null>(read !== null && tables.includes(read) ? read : null);
  const [view, setView] = useState<string | null>(views[0] ?? null);
  const [name, setName] = useState('');
  const [query, setQuery] = useState('');
  const [rowKey, setRowKey] = useState<readonly string[]>([]);
  const [working, setWorking] = useState(false);
  const [error, setError] = useState<DroverErrorData | null>(null);
  const checked = useQuery(name.trim() === '' ? 'query' : name, kind === 'query' ? query : '');
  const added = addedOf();

  function addedOf(): Added | null {
    if (kind === 'again') return table === null ? null : { kind, name: table };
    if (kind === 'view') return view === null ? null : { kind, name: view };
    const isWhole = name.trim() !== '' && query.trim() !== '' && checked.value !== null && checked.error === null;
    return isWhole ? { kind, name: name.trim(), query, rowKey } : null;
  }

  async function add(): Promise<void> {
    if (!added) return;
    setWorking(true);
    setError(null);
    try {
      await proposeTable(added);
      onDone();
    } catch (thrown) {
      setError(failureOf(thrown));
    } finally {
      setWorking(false);
    }
  }

  return (
    <div className={classes.dialog}>
      <SegmentedControl
        size="xs"
        aria-label="What is read for it"
        value={kind}
        onChange={(value) => setKind(value as Kind)}
        data={[
          { value: 'again', label: 'A table once more' },
          { value: 'view', label: 'A view' },
          { value: 'query', label: 'A SELECT' },
        ]}
      />
      {kind === 'again' ? (
        <>
          <p className="quiet">One table of the source can feed several of the target, each with its own columns.</p>
          <Names label="Table of the source" names={tables} value={table} onChoose={setTable} />
        </>
      ) : null}
      {kind === 'view' ? (
        <>
          <p className="quiet">
            {views.length === 0
              ? 'The source has no views.'
              : 'Its rows become a table. Drover does not carry the view itself.'}
          </p>
          <Names label="View of the source" names={views} value={view} onChoose={setView} />
        </>
      ) : null}
      {kind === 'query' ? (
        <>
          <p className="quiet">What the source answers becomes a table.</p>
          <TextInput
            label="Name of the table"
            classNames={monoInput}
            spellCheck={false}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <div className={classes.field}>
            <div className={classes.label}>SELECT</div>
            <div className={classes.code} data-high>
              <CodeView
                label="SELECT of the new table"
                text={query}
                family={overview?.server.family ?? 'sqlite'}
                onChange={setQuery}
                lines={false}
              />
            </div>
            <QueryCheck name={name.trim() === '' ? 'query' : name} sql={query} />
          </div>
          <ColumnsInput
            label="Columns that tell its rows apart"
            description="For new keys, rehearsals and the list of differences; without, it is read in one go."
            placeholder="None"
            disabled={checked.value === null}
            columns={checked.value?.table.columns.map((column) => column.name) ?? []}
            value={rowKey}
            onChange={setRowKey}
          />
        </>
      ) : null}
      {error ? <ErrorNote error={error} /> : null}
      <div className={classes.buttons}>
        <Button variant="default" onClick={onDone}>
          Cancel
        </Button>
        <Button loading={working} disabled={!added} onClick={() => void add()}>
          Add table
        </Button>
      </div>
    </div>
  );
}

interface NamesProps {
  readonly label: string;
  readonly names: readonly string[];
  readonly value: string | null;
  readonly onChoose: (name: string | null) => void;
}

function Names({ label, names, value, onChoose }: NamesProps): React.JSX.Element {
  const [opened, setOpened] = useState(false);
  return (
    <Select
      label={label}
      classNames={monoInput}
      placeholder="Choose"
      disabled={names.length === 0}
      // Ten thousand entries are made only when somebody wants to see them.
      data={opened ? [...names] : value === null ? [] : [value]}
      value={value}
      onChange={onChoose}
      onDropdownOpen={() => setOpened(true)}
      onDropdownClose={() => setOpened(false)}
      searchable
      limit={SHOWN}
      allowDeselect={false}
      nothingFoundMessage="None of that name."
    />
  );
}

const monoInput = { input: classes.monoInput ?? '', option: classes.monoInput ?? '' };
