// The report at hand: which run it is of, a fresh verification beside it, and what was done from here.

import { createStore } from 'zustand/vanilla';
import type { DroverErrorData } from '../../../shared/errors.ts';
import type { Signature } from '../../../shared/model/report.ts';
import type { ReportOverview } from '../../../shared/model/report-page.ts';
import type { RunSummary } from '../../../shared/model/run.ts';
import { engine } from '../../client/engine.ts';
import { failureOf } from '../../client/failure.ts';
import { projectStore } from '../../client/stores/project.ts';
import { endpoint } from '../../client/stores/recovery.ts';
import { isRunning, runStore } from '../../client/stores/run.ts';
import { lastOwnRun, readRuns, runsStore } from '../../client/stores/runs.ts';
import { tellVerdict } from '../../client/stores/verdicts.ts';
import { readOverview } from './reading.ts';

export type Opened =
  | { readonly state: 'finding' }
  /** There was no run yet. */
  | { readonly state: 'none' }
  | { readonly state: 'running' }
  | { readonly state: 'ready'; readonly report: ReportOverview; readonly summary: RunSummary | null }
  /** A run that was killed has no report. */
  | { readonly state: 'missing'; readonly summary: RunSummary | null; readonly error: DroverErrorData };

export type Work<T> =
  | { readonly state: 'none' }
  | { readonly state: 'working' }
  | { readonly state: 'done'; readonly result: T }
  | { readonly state: 'failed'; readonly error: DroverErrorData };

export interface Reporting {
  readonly run: string | null;
  readonly opened: Opened;
  readonly verification: Work<ReportOverview>;
  /** Whose evidence is looked at: the run's own, or that of the fresh verification. */
  readonly evidenceOf: 'run' | 'verification';
  /** Why the last export failed. */
  readonly exportError: DroverErrorData | null;
  /** Values of rows are masked until a person wants to see them. */
  readonly valuesShown: boolean;
}

const fresh: Reporting = {
  run: null,
  opened: { state: 'finding' },
  verification: { state: 'none' },
  evidenceOf: 'run',
  exportError: null,
  valuesShown: false,
};

export const reporting = createStore<Reporting>(() => fresh);

// Nothing of one migration is shown for another.
projectStore.subscribe(({ visit }, before) => {
  if (visit !== before.visit) reporting.setState(fresh);
});

// What a rollback changes is told anew; what was verified before is not what stands there then.
runsStore.subscribe(({ runs }) => {
  const { opened, run } = reporting.getState();
  if (opened.state !== 'ready' && opened.state !== 'missing') return;
  const now = runs?.find((each) => each.run === run) ?? null;
  if (run === null || !now || !opened.summary || standsAs(now, opened.summary)) return;
  reporting.setState({ opened: { state: 'finding' }, verification: { state: 'none' }, evidenceOf: 'run' });
  void openReport(run);
});

/** null: the last run of the migration at hand. */
export async function openReport(wanted: string | null): Promise<void> {
  const session = runStore.getState();
  if (wanted !== null && wanted !== reporting.getState().run) reporting.setState({ ...fresh, run: wanted });
  if (wanted === null && session.own && isRunning(session)) {
    reporting.setState({ ...fresh, opened: { state: 'running' } });
    return;
  }
  // Most often it is the run that was known before: its report comes along with the list of runs.
  const likely = wanted ?? lastOwnRun()?.run ?? null;
  const ahead = likely === null ? null : readOverview(likely);
  ahead?.catch(() => undefined);
  await readRuns();
  const { runs, error } = runsStore.getState();
  const run = wanted ?? lastOwnRun()?.run ?? null;
  if (error) {
    reporting.setState({ ...fresh, run: wanted, opened: { state: 'missing', summary: null, error } });
  } else if (run === null) {
    reporting.setState({ ...fresh, opened: { state: 'none' } });
  } else {
    const summary = runs?.find((each) => each.run === run) ?? null;
    await show(run, summary, run === likely && ahead ? ahead : readOverview(run));
  }
}

/** Compares both databases as they are now, by the mapping that the run had. */
export async function verifyAgain({ run, source, target }: ReportOverview): Promise<void> {
  const tell = tellingOf(run);
  tell({ verification: { state: 'working' } });
  try {
    const result = await engine.call('run.verify', {
      run,
      source: endpoint(source.url),
      target: endpoint(target.url),
    });
    tellVerdict(run, { again: result.verdict });
    tell({ verification: { state: 'done', result }, evidenceOf: 'verification' });
  } catch (thrown) {
    tell({ verification: { state: 'failed', error: failureOf(thrown) }, evidenceOf: 'run' });
  }
}

/** Throws DroverError. */
export async function sign(run: string, signature: Omit<Signature, 'at'>): Promise<void> {
  const report = await engine.call('report.sign', { run, signature });
  const { opened } = reporting.getState();
  if (opened.state === 'ready') tellingOf(run)({ opened: { ...opened, report } });
}

async function show(run: string, summary: RunSummary | null, overview: Promise<ReportOverview>): Promise<void> {
  const same = reporting.getState().run === run;
  const before = same ? reporting.getState() : { ...fresh, run };
  try {
    const report = await overview;
    tellVerdict(run, { ofRun: report.verdict });
    reporting.setState({ ...before, opened: { state: 'ready', report, summary } });
  } catch (thrown) {
    reporting.setState({ ...before, opened: { state: 'missing', summary, error: failureOf(thrown) } });
  }
}

/** What has become of a run since is told by its report. */
function standsAs(a: RunSummary, b: RunSummary): boolean {
  return a.state === b.state && a.takenBack.length === b.takenBack.length;
}

/** What is answered about one run is no answer when another is looked at by then. */
function tellingOf(run: string): (change: Partial<Reporting>) => void {
  return (change) => {
    if (reporting.getState().run === run) reporting.setState(change);
  };
}
