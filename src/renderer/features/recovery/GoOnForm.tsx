// Going on with a run: from where, to which end, and what then changes in the target.

import { useEffect, useState } from 'react';
import { count, many } from '../../../shared/format.ts';
import { isReplaced, mergeFate } from '../../../shared/merging-words.ts';
import type { Plan, TablePlan } from '../../../shared/model/plan.ts';
import type { Intent, RunSummary, Standing } from '../../../shared/model/run.ts';
import { backupName, mergeBackupNames, targetName } from '../../../shared/run-places.ts';
import { engine } from '../../client/engine.ts';
import { failureOf } from '../../client/failure.ts';
import { goOnWith, recovery } from '../../client/stores/recovery.ts';
import { standings } from '../../client/stores/standings.ts';
import { useFrom } from '../../client/use-from.ts';
import type { GridColumn } from '../../ui/grid/column.ts';
import { DataGrid } from '../../ui/grid/DataGrid.tsx';
import { StateMark } from '../../ui/state/StateMark.tsx';
import { ConfirmDeed } from './ConfirmDeed.tsx';
import classes from './recovery.module.css';
import { StandingLine } from './StandingLine.tsx';

export interface GoOnFormProps {
  readonly run: RunSummary;
  readonly deed: 'resume' | 'publish' | 'take over';
}

const ROW = 28;
const ROWS_SHOWN = 7;

export function GoOnForm({ run, deed }: GoOnFormProps): React.JSX.Element {
  const intent = useIntent(run.run);
  const stands = useFrom(standings, (all) => standsOf(all[run.run]));
  const publishes = intent !== null && (deed === 'publish' || !(intent.hold || intent.rehearse));
  const name = targetName(run.target);
  return (
    <ConfirmDeed
      name={publishes ? name : null}
      act={deed === 'publish' ? 'Publish' : deed === 'resume' ? 'Resume' : 'Take over and go on'}
      acting={deed === 'publish' ? 'Taking it up to publish.' : 'Asking the target, and taking the run up.'}
      leave="Not now"
      ready={intent !== null}
      onConfirm={() => void goOnWith(run, { takeOver: deed === 'take over', publish: deed === 'publish' })}
    >
      {deed === 'take over' ? (
        <p>
          <StateMark mark="warned">
            Another process carries this run out. Its sessions in the target are ended, and it can write nothing from
            then on. Do so only if it does not answer any more.
          </StateMark>
        </p>
      ) : (
        <StandingLine run={run} />
      )}
      {stands === null ? null : <p>{fromWords[stands]}</p>}
      {intent === null ? null : publishes ? (
        <Changes plan={intent.plan} run={run.run} name={name} />
      ) : (
        <p>
          {intent.rehearse
            ? 'It is a rehearsal: at its end everything is taken back, and nothing is published.'
            : 'It is to be held: when all is loaded and verified it waits again, and nothing is published.'}
        </p>
      )}
    </ConfirmDeed>
  );
}

function standsOf(told: ReturnType<typeof standings.getState>[string] | undefined): Standing['stands'] | null {
  return told?.state === 'told' ? told.standing.stands : null;
}

const fromWords: Readonly<Record<Standing['stands'], string>> = {
  nothing: 'It begins with loading, as planned then.',
  staged:
    'What is in staging and still the same in the source stays; the rest is loaded again, and all of it compared.',
  verified:
    'The staged tables are read once more and must be as they were verified; the source is not needed for that.',
  published: 'What is left is to confirm that everything stands as planned, and to tidy up.',
};

function Changes({ plan, run, name }: { readonly plan: Plan; readonly run: string; readonly name: string }) {
  const replaced = plan.tables.filter(isReplaced).length;
  const tables = plan.tables.length;
  return (
    <>
      <p>
        Then {tables === 1 ? 'the table takes its place' : `all ${many(tables, 'table')} take their places`} in{' '}
        <span className="mono">{name}</span>, in one act.{' '}
        {replaced === 0
          ? ''
          : `${many(replaced, 'table')} of the target ${replaced === 1 ? 'is' : 'are'} replaced and kept as a backup. `}
        “Roll back to before” takes it back afterwards.
      </p>
      <div className={classes.grid} style={{ height: (Math.min(tables, ROWS_SHOWN) + 1) * ROW + 2 }}>
        <DataGrid label="What changes in the target" columns={columnsFor(plan, run)} rows={plan.tables} keyOf={keyOf} />
      </div>
    </>
  );
}

const keyOf = ({ target }: TablePlan): string => target.name;

function columnsFor({ target: { family } }: Plan, run: string): readonly GridColumn<TablePlan>[] {
  const keptAs = (table: TablePlan): string => {
    if (table.merge) return mergeBackupNames(family, run, table.target.name);
    return isReplaced(table) ? backupName(family, run, table.target.name) : '';
  };
  const fate = (table: TablePlan): string =>
    table.merge ? mergeFate(table) : isReplaced(table) ? 'is replaced' : 'is new';
  return [
    { id: 'table', header: 'Table', value: ({ target }) => target.name, width: 216, mono: true },
    {
      id: 'fate',
      header: 'What happens',
      value: fate,
      cell: (table) => (isReplaced(table) ? <StateMark mark="warned">is replaced</StateMark> : fate(table)),
      width: 144,
    },
    {
      id: 'rows',
      header: 'Rows there when planned',
      value: ({ existing }) => existing?.rows ?? null,
      cell: ({ existing }) => (existing ? count(existing.rows) : <span className="quiet">–</span>),
      width: 184,
      align: 'right',
      mono: true,
    },
    { id: 'kept', header: 'Kept as', value: keptAs, width: 376, mono: true },
  ];
}

/** What was decided when it began; null until it is read. */
function useIntent(run: string): Intent | null {
  const [intent, setIntent] = useState<Intent | null>(null);
  useEffect(() => {
    engine
      .call('run.intent', { run })
      .then(setIntent, (thrown: unknown) => recovery.setState({ error: failureOf(thrown) }));
  }, [run]);
  return intent;
}
