// The state of a run in words: what it does now, how it ended, what stands in the target, and what may be done.

import { assertNever } from '../../../../shared/errors.ts';
import { count, many } from '../../../../shared/format.ts';
import type { Verdict } from '../../../../shared/model/report.ts';
import type { StepName } from '../../../../shared/model/run.ts';
import { compensating, currentStep, type Progress, type Waiting } from '../../../../shared/progress.ts';

/** What goes before the words: the names of ui/state/StateMark. */
export type StateKind = 'busy' | 'paused' | 'undone' | 'proved' | 'warned' | 'blocked';

export interface StateLine {
  readonly kind: StateKind;
  readonly text: string;
}

/** What a person wished for, and the run has not come to yet. */
export interface Wished {
  readonly cancelling: boolean;
  readonly leaving: boolean;
}

export function stateLine(progress: Progress, { cancelling, leaving }: Wished): StateLine {
  if (progress.finished) return ending(progress, progress.finished);
  const step = currentStep(progress);
  if (compensating(progress)) {
    return {
      kind: 'undone',
      text: `Rolling back${step ? `: undoing ${step}` : ''}. Your own tables stay, or come back, as they were.`,
    };
  }
  if (cancelling) return { kind: 'undone', text: 'Cancelling: what is under way stops, then everything is undone.' };
  if (leaving)
    return { kind: 'paused', text: 'Leaving: what is under way stops, and everything stays for whoever resumes it.' };
  if (progress.waiting) return { kind: 'warned', text: waitingWords(progress, progress.waiting) };
  if (progress.paused)
    return { kind: 'paused', text: `Paused${step ? ` in ${step}` : ''}. Your own tables are untouched.` };
  return { kind: 'busy', text: step ? acting(step, progress) : 'Starting.' };
}

function waitingWords({ at }: Progress, { attempt, of, until, message }: Waiting): string {
  const seconds = Math.max(0, Math.ceil((until - (at ?? until)) / 1000));
  const when = seconds === 0 ? 'now' : `in ${many(seconds, 'second')}`;
  return `Waiting: ${message} It goes on ${when} from where the target stands, attempt ${attempt} of ${of}.`;
}

/** What is said instead when the engine does not tell; null where it does. */
export function unheard(since: string | null, unwatched: boolean): StateLine | null {
  if (since !== null) return { kind: 'warned', text: `Unknown since ${since}: nothing is heard of this run.` };
  return unwatched ? { kind: 'warned', text: 'How far this run is can’t be told: it is not watched any more.' } : null;
}

/** What stands in the target when it is over. */
export function standing(progress: Progress): string {
  const { finished, run, steps } = progress;
  switch (finished?.state) {
    case 'published':
      return tablesIn(progress, ['left out']) === 0
        ? 'The new tables stand in the target, all of them.'
        : 'The new tables stand in the target, but for those left out: there it is as it was.';
    case 'rolled back':
      return 'Nothing of this run is left in the target.';
    case 'refused':
      return 'Nothing was touched: the target is as it was.';
    case 'undone':
      return 'The target is as it was before the run.';
    case 'held':
      return 'All of it is loaded and verified beside the target’s own tables, which are as they were.';
    case 'rehearsed':
      return 'The target is as it was before: that was looked at.';
    case 'interrupted':
      return `The target’s own tables are ${reachedPublish(steps) ? 'as they were, or all new' : 'as they were'}. The run can be resumed, or rolled back to before.`;
    case 'unknown':
      return `The target could not be asked, so nothing is claimed of it. When it answers again, look there for names that begin with drover_${run}: what this run was loading, or the tables it has replaced.`;
    case 'running':
    case undefined:
      return '';
  }
}

function reachedPublish(steps: Progress['steps']): boolean {
  return (steps.get('publish')?.state ?? 'pending') !== 'pending';
}

/** Whether a pause would still change anything. */
export function canPause(progress: Progress): boolean {
  return isOpen(progress) && !TOO_LATE.has(currentStep(progress) ?? 'preflight');
}

/** After publishing there is nothing to cancel: Report rolls back then. */
export function canCancel(progress: Progress): boolean {
  const step = currentStep(progress);
  return isOpen(progress) && step !== 'confirm' && step !== 'finish';
}

const TOO_LATE: ReadonlySet<StepName> = new Set(['publish', 'confirm', 'finish']);

function isOpen(progress: Progress): boolean {
  return progress.finished === null && !compensating(progress);
}

function acting(step: StepName, progress: Progress): string {
  switch (step) {
    case 'preflight':
      return 'Checking both sides before anything is touched.';
    case 'snapshot':
      return 'Taking one consistent view of the source.';
    case 'stage':
      return 'Making empty tables beside your own.';
    case 'load':
      return `Loading: ${tally(progress, ['loaded'])}.`;
    case 'index':
      return 'Building keys, indexes and foreign keys.';
    case 'verify':
      return `Reading every table back and comparing: ${tally(progress, ['verified', 'different'])}.`;
    case 'publish':
      return 'Publishing: all tables take their places in one act.';
    case 'confirm':
      return 'Published; asking the target whether everything stands as planned.';
    case 'finish':
      return 'Published; tidying up.';
    default:
      return assertNever(step);
  }
}

function tally(progress: Progress, phases: readonly string[]): string {
  const done = tablesIn(progress, phases);
  const left = tablesIn(progress, ['left out']);
  const words = `${count(done)} of ${many(progress.tables.size - left, 'table')} done`;
  return left === 0 ? words : `${words}, ${count(left)} left out`;
}

function tablesIn({ tables }: Progress, phases: readonly string[]): number {
  let found = 0;
  for (const { phase } of tables.values()) if (phases.includes(phase)) found++;
  return found;
}

function ending(progress: Progress, { state, verdict }: NonNullable<Progress['finished']>): StateLine {
  switch (state) {
    case 'published':
      return published(progress, verdict);
    case 'rolled back':
      return { kind: 'undone', text: 'Rolled back. The target is as it was before.' };
    case 'refused':
      return { kind: 'blocked', text: 'Refused before anything was touched.' };
    case 'undone':
      return { kind: 'undone', text: 'Published, then rolled back.' };
    case 'held':
      return { kind: 'warned', text: 'Held: loaded and verified, it waits to be published.' };
    case 'rehearsed':
      return { kind: 'proved', text: 'Rehearsed, and taken back. The target is as it was before.' };
    case 'interrupted':
      return { kind: 'warned', text: 'Interrupted: it can be resumed.' };
    case 'unknown':
      return { kind: 'blocked', text: 'The state of the target is not certain: it could not be asked.' };
    case 'running':
      return { kind: 'busy', text: 'Running.' };
    default:
      return assertNever(state);
  }
}

function published(progress: Progress, verdict: Verdict | null): StateLine {
  if (verdict === 'verified') return { kind: 'proved', text: `Published. ${arrived(rowsOf(progress))}` };
  if (verdict !== 'partial') return { kind: 'warned', text: 'Published, but not everything is equal: see the report.' };
  const left = many(tablesIn(progress, ['left out']), 'table');
  return { kind: 'warned', text: `Published, ${left} left out; the others are equal. The report has the reasons.` };
}

function arrived(rows: number): string {
  if (rows === 0) return 'All tables are empty on both sides.';
  return rows === 1
    ? 'The one row arrived; its checksum matches.'
    : `All ${count(rows)} rows arrived; every checksum matches.`;
}

function rowsOf({ tables }: Progress): number {
  let rows = 0;
  for (const { loaded, verified, phase } of tables.values())
    if (phase !== 'left out') rows += Math.max(loaded.rows, verified.rows);
  return rows;
}
