// How it ended: the error if there was one, what stands in the target, what was kept, and what to do.

import { Button, Group } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { DroverErrorData } from '../../../../shared/errors.ts';
import { count, many } from '../../../../shared/format.ts';
import type { ReportOverview } from '../../../../shared/model/report-page.ts';
import type { RunState } from '../../../../shared/model/run.ts';
import { engine } from '../../../client/engine.ts';
import { go } from '../../../client/stores/navigation.ts';
import { projectStore } from '../../../client/stores/project.ts';
import { runStore } from '../../../client/stores/run.ts';
import { useFrom } from '../../../client/use-from.ts';
import { ErrorNote } from '../../../ui/state/ErrorNote.tsx';
import { StateMark } from '../../../ui/state/StateMark.tsx';
import { standing, stateLine } from '../model/words.ts';
import classes from './dashboard.module.css';

export function EndNote({ run }: { readonly run: string }): React.JSX.Element | null {
  const finished = useFrom(runStore, ({ progress }) => progress.finished);
  const failed = useFrom(runStore, ({ progress }) => progress.error);
  const unwatched = useFrom(runStore, (state) => state.error);
  if (!finished && !failed && !unwatched) return null;
  return (
    <div className={classes.end}>
      {unwatched ? <ErrorNote error={unwatched} /> : null}
      {failed ? <Failed error={failed} over={finished !== null} /> : null}
      {finished ? <Standing run={run} compared={COMPARED.has(finished.state)} /> : null}
    </div>
  );
}

function Failed({ error, over }: { readonly error: DroverErrorData; readonly over: boolean }): React.JSX.Element {
  const project = useFrom(projectStore, (state) => state.project);
  const left = useFrom(runStore, ({ progress }) => progress.finished?.state === 'interrupted');
  // A person's own wish is no failure.
  if (error.code === 'run.cancelled')
    return <div className="quiet">{left ? 'Left, as you wished.' : 'Cancelled, as you wished.'}</div>;
  const { table } = error.where;
  const source = table === undefined ? undefined : project?.tables.find((each) => isOf(each, table))?.source;
  return (
    <ErrorNote error={error}>
      {over && project ? (
        <Group gap={8}>
          {source === undefined ? null : (
            <Button size="compact-xs" variant="default" onClick={() => go({ at: 'map', table: source })}>
              Show {source} in Map
            </Button>
          )}
          <Button size="compact-xs" variant="default" onClick={() => go({ at: 'plan' })}>
            Go to Plan
          </Button>
        </Group>
      ) : null}
    </ErrorNote>
  );
}

function isOf({ source, target }: { readonly source: string; readonly target: string }, table: string): boolean {
  return source === table || target === table;
}

/** Of these the evidence is told. */
const COMPARED: ReadonlySet<RunState> = new Set(['published', 'held', 'rehearsed']);

function Standing({ run, compared }: { readonly run: string; readonly compared: boolean }): React.JSX.Element {
  const words = useFrom(runStore, ({ progress }) => standing(progress));
  const report = useReport(run);
  return (
    <>
      <div>{words}</div>
      {compared && report ? <Evidence report={report} /> : null}
    </>
  );
}

const ended = { cancelling: false, leaving: false };

function Evidence({ report }: { readonly report: ReportOverview }): React.JSX.Element {
  const said = useFrom(runStore, ({ progress }) => stateLine(progress, ended).text);
  const { equal, total } = report.tables.witnesses;
  const { first } = report.backups;
  return (
    <>
      {said.includes(report.summary.replace(/\.$/, '')) ? null : <div>{report.summary}</div>}
      {total === 0 ? null : (
        <StateMark mark={equal === total ? 'proved' : 'warned'}>
          {equal === total
            ? `${many(total, 'figure')} that both databases computed themselves ${total === 1 ? 'is' : 'are'} equal.`
            : `${count(total - equal)} of ${many(total, 'figure')} that both databases computed themselves differ.`}
        </StateMark>
      )}
      {first ? (
        <div>
          {many(report.backups.count, 'table')} kept, such as <span className="mono">{first.table}</span> as{' '}
          <span className="mono">{first.keptAs}</span>. Report lists them all and can roll back.
        </div>
      ) : null}
    </>
  );
}

/** Null until it is read, and where there is none: a run that could not even tell how it ended. */
function useReport(run: string): ReportOverview | null {
  const [report, setReport] = useState<ReportOverview | null>(null);
  useEffect(() => {
    let wanted = true;
    engine.call('report.overview', { run }).then(
      (read) => wanted && setReport(read),
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, [run]);
  return report;
}
