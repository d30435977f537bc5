// A retry that is being prepared: rows in quarantine as a project of their own, beside the one at hand, which stays open.

import { createStore } from 'zustand/vanilla';
import type { Endpoint } from '../../../shared/contract.ts';
import type { DroverErrorData } from '../../../shared/errors.ts';
import type { Project } from '../../../shared/model/mapping.ts';
import type { Plan } from '../../../shared/model/plan.ts';
import type { ReportOverview } from '../../../shared/model/report-page.ts';
import { engine } from '../engine.ts';
import { failureOf } from '../failure.ts';
import { go } from './navigation.ts';
import { projectStore } from './project.ts';

export interface Retry {
  /** The run whose quarantine it is. */
  readonly of: string;
  readonly rows: number;
  /** Tables that the run left out, which a retry can't bring. */
  readonly left: readonly string[];
  readonly project: Project;
  readonly source: Endpoint;
  readonly target: Endpoint;
}

export interface RetryState {
  /** null: the project at hand is what runs. */
  readonly retry: Retry | null;
  readonly plan: Plan | null;
  readonly planning: boolean;
  readonly error: DroverErrorData | null;
}

const none: RetryState = { retry: null, plan: null, planning: false, error: null };

export const retryStore = createStore<RetryState>(() => none);

// It was made with the mapping as it was then.
projectStore.subscribe(({ project, visit }, before) => {
  if (project !== before.project || visit !== before.visit) leaveRetry();
});

/** Whether the mapping at hand is the one that the run was of, so that it can be mended. */
export function isMappingOf(project: Project | null, { project: name }: Pick<ReportOverview, 'project'>): boolean {
  return project?.name === name;
}

/** Of all tables where `table` is null; leads to Run. Throws DroverError. */
export async function prepareRetry(report: ReportOverview, table: string | null): Promise<void> {
  const open = projectStore.getState().project;
  const mended = isMappingOf(open, report) ? open : null;
  const { project, rows, left } = await engine.call('run.retry', { run: report.run, project: mended, table });
  retryStore.setState({
    ...none,
    retry: {
      of: report.run,
      rows,
      left,
      project,
      source: { url: project.source.url, password: null },
      // Into the very database that the run has published to.
      target: { url: report.target.url, password: null },
    },
  });
  go({ at: 'run' });
}

/** Unless there is a plan of it. */
export async function planRetry(again = false): Promise<void> {
  const { retry, plan, planning, error } = retryStore.getState();
  if (!retry || planning || (!again && (plan || error))) return;
  const tell = (state: Partial<RetryState>): void => {
    if (retryStore.getState().retry === retry) retryStore.setState({ planning: false, ...state });
  };
  retryStore.setState({ planning: true });
  try {
    const { project, source, target } = retry;
    tell({ plan: await engine.call('plan', { project, source, target }), error: null });
  } catch (thrown) {
    tell({ plan: null, error: failureOf(thrown) });
  }
}

export function leaveRetry(): void {
  if (retryStore.getState().retry) retryStore.setState(none);
}
