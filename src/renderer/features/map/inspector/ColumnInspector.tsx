// One column: where its values come from, what it is called and of which type in the target, and what was found.

import { ActionIcon, Button, Checkbox, Select, Tooltip } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useState } from 'react';
import type { Column, Table } from '../../../../shared/model/catalog.ts';
import type { Finding } from '../../../../shared/model/finding.ts';
import type { ColumnMapping, TableMapping } from '../../../../shared/model/mapping.ts';
import { NAME_FIELD } from '../canvas/TargetSide.tsx';
import { OriginField } from '../computed/OriginField.tsx';
import { NameInput } from '../fields/NameInput.tsx';
import { TypeInput } from '../fields/TypeInput.tsx';
import { useTargetTypes } from '../known.ts';
import classes from '../map.module.css';
import { doEdit, useIssues, useTarget } from '../mapping.ts';
import { removeColumn } from '../model/computed.ts';
import { connect, moveColumn, nullMisfits, renameColumn, retype, setNullable, skipColumn } from '../model/edits.ts';
import { keysOf } from '../model/keys.ts';
import { noNullFor } from '../model/misfits.ts';
import { select } from '../selection.ts';
import { isFault } from '../steps/faults.ts';
import { Steps } from '../steps/Steps.tsx';
import { ColumnFacts } from './ColumnFacts.tsx';
import { Findings } from './Findings.tsx';
import { Masking } from './Masking.tsx';

export interface ColumnInspectorProps {
  readonly table: string;
  readonly column: string;
  readonly mapping: ColumnMapping;
  readonly of: TableMapping;
  readonly facts: Column | null;
  readonly source: Table | null;
}

const OPTIONS_SHOWN = 100;

export function ColumnInspector({ table, column, mapping, of, facts, source }: ColumnInspectorProps) {
  const target = useTarget();
  const types = useTargetTypes(target?.server ?? null);
  const findings = useIssues()(of.source, mapping.source);
  const noNull = noNullFor(mapping, facts);
  const at = { table, column };
  const place = keysOf(of.columns).indexOf(column);
  const [opened, setOpened] = useState(false);
  const wrongType = findings.find((each) => each.code === 'project.invalid')?.message;

  function take(name: string | null): void {
    if (name === null || name === mapping.source) return;
    doEdit(connect(at, name));
    select(table, keysOf(of.columns.with(place, { ...mapping, source: name }))[place]);
  }

  return (
    <section className={classes.part} aria-label={`Column ${table}.${column}`}>
      <div className={classes.partHead}>
        <h2 className="mono ellipsis" title={`${table}.${column}`}>
          {column}
        </h2>
        <Place label="Move up" blocked={place === 0} act={() => doEdit(moveColumn(at, place - 1))}>
          <IconArrowUp size={14} aria-hidden />
        </Place>
        <Place
          label="Move down"
          blocked={place === of.columns.length - 1}
          act={() => doEdit(moveColumn(at, place + 1))}
        >
          <IconArrowDown size={14} aria-hidden />
        </Place>
      </div>
      <Findings findings={findings.filter((finding) => !isFault(finding) && !isToldByField(finding, mapping))} />
      {mapping.from ? (
        <OriginField at={at} mapping={mapping} of={of} from={mapping.from} />
      ) : (
        <Select
          label="Comes from"
          classNames={monoInput}
          // A thousand entries are made only when somebody wants to see them.
          data={opened && source ? source.columns.map(({ name }) => name) : [mapping.source]}
          onDropdownOpen={() => setOpened(true)}
          onDropdownClose={() => setOpened(false)}
          value={mapping.source}
          onChange={take}
          searchable
          limit={OPTIONS_SHOWN}
          allowDeselect={false}
          nothingFoundMessage="No column of that name."
        />
      )}
      <NameInput
        id={NAME_FIELD}
        label="Name in the target"
        classNames={monoInput}
        value={mapping.target}
        onCommit={(name) => doEdit(renameColumn(at, name))}
      />
      <TypeInput
        label="Type in the target"
        classNames={monoInput}
        value={mapping.type}
        types={types}
        error={wrongType}
        onCommit={(type) => doEdit(retype(at, type))}
      />
      <Select
        label="NULL in the target"
        data={[
          {
            value: 'source',
            label: facts ? `As in the source: ${facts.nullable ? 'allowed' : 'never'}` : 'As the source gives it',
          },
          { value: 'allowed', label: 'Allowed' },
          { value: 'never', label: 'Never' },
        ]}
        value={mapping.nullable === undefined ? 'source' : mapping.nullable ? 'allowed' : 'never'}
        onChange={(value) => doEdit(setNullable(at, value === 'source' ? null : value === 'allowed'))}
        allowDeselect={false}
      />
      <Masking at={at} mapping={mapping} of={of} />
      <Steps at={at} mapping={mapping} of={of} source={source} findings={findings.filter(isFault)} />
      <Checkbox
        label="Leave this column out"
        checked={mapping.skip ?? false}
        onChange={(event) => doEdit(skipColumn(at, event.currentTarget.checked))}
      />
      <Checkbox
        label="Values that don't fit become NULL"
        description={noNull ?? 'Each is counted in the report. Otherwise the row can’t be moved.'}
        checked={mapping.unrepresentable === 'null'}
        disabled={noNull !== null && mapping.unrepresentable !== 'null'}
        onChange={(event) => doEdit(nullMisfits(at, event.currentTarget.checked))}
      />
      {mapping.from ? (
        <Button variant="default" className={classes.remove} onClick={() => doEdit(removeColumn(at))}>
          Remove this column
        </Button>
      ) : null}
      {facts && source ? <ColumnFacts facts={facts} source={source} /> : null}
    </section>
  );
}

/** What the source says of an expression stands at the expression, and knows what is typed. */
function isToldByField({ code }: Finding, { from }: ColumnMapping): boolean {
  return code === 'map.bad-expression' && from?.kind === 'expression';
}

const monoInput = { input: classes.monoInput ?? '' };

interface PlaceProps {
  readonly label: string;
  readonly blocked: boolean;
  readonly act: () => void;
  readonly children: React.ReactNode;
}

function Place({ label, blocked, act, children }: PlaceProps): React.JSX.Element {
  return (
    <Tooltip label={`${label} in the target (Alt and arrow)`}>
      <ActionIcon size="sm" aria-label={label} disabled={blocked} onClick={act}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
