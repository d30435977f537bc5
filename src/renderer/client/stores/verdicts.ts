// The verdicts of runs, as far as their reports were read here, and what a fresh verification said since.

import { createStore } from 'zustand/vanilla';
import type { Verdict } from '../../../shared/model/report.ts';
import { engine } from '../engine.ts';

export interface Verdicts {
  readonly ofRun?: Verdict;
  /** Of both databases as they were when they were compared again. */
  readonly again?: Verdict;
}

/** By run. */
export const verdicts = createStore<Readonly<Record<string, Verdicts>>>(() => ({}));

export function tellVerdict(run: string, told: Verdicts): void {
  verdicts.setState((all) => ({ [run]: { ...all[run], ...told } }));
}

/** A run without a report has none. */
export async function readVerdict(run: string): Promise<void> {
  if (verdicts.getState()[run]?.ofRun) return;
  const report = await engine.call('report.overview', { run }).catch(() => null);
  if (report) tellVerdict(run, { ofRun: report.verdict });
}
