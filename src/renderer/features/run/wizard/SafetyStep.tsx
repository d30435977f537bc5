// Step 3: what is kept and under which name, how to roll back, and what no one protects.

import { useMemo } from 'react';
import { capitalized, count, many } from '../../../../shared/format.ts';
import { mayBeLeftOut } from '../../../../shared/left-out.ts';
import type { Plan, TablePlan } from '../../../../shared/model/plan.ts';
import { backupName, backupPlace, mergeBackupNames, stagingPlace } from '../../../../shared/run-places.ts';
import type { GridColumn } from '../../../ui/grid/column.ts';
import { DataGrid } from '../../../ui/grid/DataGrid.tsx';
import { Named } from '../../../ui/recovery/Named.tsx';
import { notProtected, publishReasons, scopeOf } from '../model/wizard.ts';
import classes from './wizard.module.css';

/** Stands for a name that is given when the run starts. */
const UNNAMED = '<run>';

export function SafetyStep({ plan }: { readonly plan: Plan }): React.JSX.Element {
  const { family } = plan.target;
  const { replaced, merged } = useMemo(() => scopeOf(plan), [plan]);
  const kept = useMemo(() => [...replaced, ...merged], [replaced, merged]);
  const columns = useMemo(() => columnsFor(plan), [plan]);
  return (
    <>
      <section>
        <h3>What is kept</h3>
        {kept.length === 0 ? (
          <p>No table of the target is replaced, so there is nothing to keep.</p>
        ) : (
          <>
            {merged.length === 0 ? null : (
              <p>
                Tables into which rows go stay where they are. Their rows that are overwritten or taken away are
                remembered as they were, and all rows that are written as they then stand: rolling back takes the added
                ones out and gives the others their values again, or refuses where they were changed since.
              </p>
            )}
            <p>
              Replaced tables are not dropped: they move, with their rows, to{' '}
              <Named {...backupPlace(family, UNNAMED)} />. {UNNAMED} is the name of the run: twelve characters that are
              only known when it starts; the dashboard and the report tell it.
            </p>
            <div className={classes.backups} style={{ height: 30 + 28 * Math.min(kept.length, 6) }}>
              <DataGrid label="Backups" columns={columns} rows={kept} keyOf={keyOf} remember="run-backups" />
            </div>
          </>
        )}
      </section>
      <section>
        <h3>How to roll back</h3>
        <ul>
          <li>
            While it runs: <strong>Cancel and roll back</strong>, at the top of this screen. Until it publishes, the run
            writes to <Named {...stagingPlace(family, UNNAMED)} /> only; your own tables are not touched.
          </li>
          <li>
            All tables are compared with the source before they are published; when one differs, none is
            {plan.tables.some(mayBeLeftOut) ? ', unless it may be left out' : ''}.
          </li>
          <li>{refusedWords(plan)}</li>
          <li>
            Afterwards: <strong>Roll back to before</strong> in Report or History puts the kept tables in their places
            again. If rows were written to the new tables by then, it says so and asks first.
          </li>
        </ul>
      </section>
      <section>
        <h3>How it publishes</h3>
        <p>
          <strong>{capitalized(plan.publish)}.</strong>
        </p>
        <ul>
          {publishReasons(plan).map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
      </section>
      <section>
        <h3>What is not protected</h3>
        <ul>
          {notProtected(plan).map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
      </section>
    </>
  );
}

function refusedWords({ tables }: Plan): string {
  const aside = tables.filter(({ errors }) => errors.onError === 'quarantine').length;
  const skipped = tables.filter(mayBeLeftOut).length;
  const which = (some: number): string => (some === tables.length ? 'all tables' : many(some, 'table'));
  const out = `A row of ${which(skipped)} that can’t be moved leaves its table out, with those that hang on it; what stands there stays as it is.`;
  if (skipped === tables.length) return out;
  const others = skipped > 0 ? `${out} ` : '';
  if (aside === 0) {
    const first = skipped > 0 ? 'Elsewhere the first such row' : 'The first row that can’t be moved';
    return `${others}${first} stops the run, and everything is rolled back.`;
  }
  return `${others}Of ${which(aside)}, rows that can’t be moved are kept aside with their reason; too many of them stop the run, and everything is rolled back. So does the first row that only the target refuses.`;
}

const keyOf = ({ source }: TablePlan): string => source;

function columnsFor(plan: Plan): readonly GridColumn<TablePlan>[] {
  const { family } = plan.target;
  return [
    { id: 'table', header: 'Table', value: ({ target }) => target.name, width: 200, mono: true },
    {
      id: 'rows',
      header: 'Rows there now',
      value: ({ existing }) => existing?.rows ?? null,
      cell: ({ existing }) => count(existing?.rows ?? 0),
      width: 128,
      align: 'right',
      mono: true,
    },
    {
      id: 'kept',
      header: 'Will be kept as',
      value: ({ target, merge }) => (merge ? mergeBackupNames : backupName)(family, UNNAMED, target.name),
      width: 360,
      mono: true,
    },
  ];
}
