// One table: what it is called in the target, what happens to the table that stands there, and which rows move.

import { Button, Checkbox, Select } from '@mantine/core';
import { aboutMany, many } from '../../../../shared/format.ts';
import type { Table } from '../../../../shared/model/catalog.ts';
import { type TableMapping, type TableMode, tableMode } from '../../../../shared/model/mapping.ts';
import type { Overview } from '../../../../shared/model/overview.ts';
import { catalogs } from '../../../client/stores/catalogs.ts';
import { projectStore } from '../../../client/stores/project.ts';
import { useFrom } from '../../../client/use-from.ts';
import { ErrorPolicyField, policyWords } from '../fields/ErrorPolicyField.tsx';
import { modes } from '../fields/modes.ts';
import { NameInput } from '../fields/NameInput.tsx';
import classes from '../map.module.css';
import { doEdit, useIssues, useTarget } from '../mapping.ts';
import { renameTable, setErrors, setMode, skipTable } from '../model/edits.ts';
import { tableThere } from '../model/standing.ts';
import { type Reading, readingOf, readingWords, removeTable } from '../model/uses.ts';
import { isRuleFault, Rules } from '../rules/Rules.tsx';
import { FeedField, useFeeding } from './FeedField.tsx';
import { FilterField } from './FilterField.tsx';
import { Findings } from './Findings.tsx';
import { KeysField } from './KeysField.tsx';
import { LimitField } from './LimitField.tsx';
import { QueryField, RowKeyField } from './QueryField.tsx';
import { UpsertFields } from './UpsertFields.tsx';

export interface TableInspectorProps {
  readonly table: string;
  readonly mapping: TableMapping;
  readonly source: Table | null;
}

export function TableInspector({ table, mapping, source }: TableInspectorProps): React.JSX.Element {
  const target = useTarget();
  const common = useFrom(projectStore, ({ project }) => project?.mode ?? 'create');
  const errors = useFrom(projectStore, ({ project }) => project?.errors ?? STOP);
  const issues = useIssues();
  const findings = issues(mapping.source, null).filter((finding) => !isRuleFault(finding));
  const overview = useFrom(catalogs, (state) => (state.source.state === 'ready' ? state.source.overview : null));
  const reading = readingOf(mapping, overview);
  const mode = mapping.mode ?? common;
  const feeding = useFeeding(table);
  const joins = feeding !== null && feeding.lead !== table;
  return (
    <section className={classes.part} aria-label={`Table ${table}`}>
      <div className={classes.partHead}>
        <h2 className="mono ellipsis" title={table}>
          {table}
        </h2>
        <span className="quiet">{sizeOf(reading, source)}</span>
      </div>
      <Findings findings={findings} />
      {mapping.query === undefined ? null : <QueryField table={table} mapping={mapping} query={mapping.query} />}
      {reading === 'again' ? (
        <p className="quiet">
          Another use of <span className="mono">{mapping.table}</span>.
        </p>
      ) : null}
      {reading === 'view' || reading === 'query' ? <RowKeyField table={table} mapping={mapping} /> : null}
      {joins ? null : (
        <NameInput
          label="Name of the table in the target"
          classNames={monoInput}
          value={mapping.target}
          onCommit={(name) => doEdit(renameTable(table, name))}
        />
      )}
      <FeedField table={table} />
      {joins ? null : (
        <Select
          label="If the table exists"
          description={standsThere(mapping, target, mode)}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          data={[{ value: 'project', label: `As the project says: ${common}` }, ...modes]}
          value={mapping.mode ?? 'project'}
          onChange={(value) => doEdit(setMode(table, tableMode.safeParse(value).data ?? null))}
          allowDeselect={false}
        />
      )}
      {mode === 'upsert' && !joins ? <UpsertFields table={table} mapping={mapping} /> : null}
      <ErrorPolicyField
        policy={mapping.errors ?? null}
        common={policyWords(errors)}
        onChange={(policy) => doEdit(setErrors(table, policy))}
      />
      <Checkbox
        label="Leave this table out"
        checked={mapping.skip ?? false}
        onChange={(event) => doEdit(skipTable(table, event.currentTarget.checked))}
      />
      {reading === 'table' ? null : (
        <Button variant="default" className={classes.remove} onClick={() => doEdit(removeTable(table))}>
          Remove this table
        </Button>
      )}
      <FilterField table={table} mapping={mapping} />
      <LimitField table={table} limit={mapping.limit} />
      {joins ? null : <KeysField table={table} mapping={mapping} source={source} />}
      <Rules table={table} mapping={mapping} findings={issues(mapping.source)} />
    </section>
  );
}

function sizeOf(reading: Reading, source: Table | null): string {
  if (reading === 'view' || reading === 'query') return readingWords[reading];
  return source ? aboutMany(source.rowEstimate, 'row') : 'table';
}

const STOP = { onError: 'stop' } as const;
const monoInput = { input: classes.monoInput ?? '' };

function standsThere(mapping: TableMapping, target: Overview | null, mode: TableMode): string {
  if (!target) return 'The target has not been looked at.';
  const there = tableThere(mapping.target, target);
  const merging = mode === 'append' || mode === 'upsert';
  if (!there) {
    const none = `No table ${mapping.target} stands in the target now`;
    return merging ? `${none}, so there is nothing to add rows to.` : `${none}.`;
  }
  const what = `${there.name} stands in the target with ≈ ${many(there.rows, 'row')}`;
  return `${what}; ${becomes[mode]}.`;
}

const becomes: Readonly<Record<TableMode, string>> = {
  create: 'a run is refused unless it is empty',
  replace: 'it is kept as a backup',
  append: 'rows are added to it, and a key that stands there already refuses all of them',
  upsert: 'rows are added to it or take the place of those with their key; what was overwritten is kept',
};
