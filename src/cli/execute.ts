// Runs a project: confirms, shows the run while it lasts, handles Ctrl-C, and ends with the end screen.

import type { RunOptions } from '../shared/contract.ts';
import { DroverError, type DroverErrorData } from '../shared/errors.ts';
import { estimateOf } from '../shared/feeds.ts';
import type { Plan } from '../shared/model/plan.ts';
import type { Report } from '../shared/model/report.ts';
import { compensating, type Progress } from '../shared/progress.ts';
import { confirm, notConfirmed } from './confirm.ts';
import type { Context } from './context.ts';
import { endLines, verdictLines } from './display/end.ts';
import { findingLines } from './display/findings.ts';
import { sagaLines } from './display/saga.ts';
import { whileWaiting } from './display/waiting.ts';
import { type ExitStatus, statusOfRun } from './exit.ts';
import { failureData, failureLines, trace } from './failure.ts';
import type { Saved } from './project-file.ts';
import { type Watched, watch } from './watching.ts';

export interface ExecuteOptions extends RunOptions {
  /** Confirmed beforehand. */
  readonly yes: boolean;
}

export async function execute(context: Context, saved: Saved, options: ExecuteOptions): Promise<ExitStatus> {
  const plan = await planned(context, saved, options.yes);
  const { yes: _, ...runOptions } = options;
  const title = { source: saved.source.url, target: saved.target.url };
  const tables = plan?.tables.map((table) => ({ name: table.target.name, rows: estimateOf(table).rows })) ?? [];
  const stream = (signal: AbortSignal) =>
    context.host.stream('run', { ...saved, options: runOptions, consent: options.yes ? 'option' : 'typed' }, signal);
  return conclude(context, saved, await watch(context, { title, tables, stream }));
}

/** Without --yes somebody must see the plan and agree; with it the run plans by itself. */
async function planned(context: Context, saved: Saved, yes: boolean): Promise<Plan | null> {
  if (yes) return null;
  if (!context.terminal.interactive) throw notConfirmed();
  const plan = await whileWaiting(context.terminal.theme, 'planning', orStopped(context.host.call('plan', saved)));
  refuseBlocked(context, plan);
  await confirm(context, plan, saved.target.url);
  return plan;
}

/** Until Ctrl-C, which throws `run.cancelled`: what is only read need not come to an end. */
async function orStopped<T>(work: Promise<T>): Promise<T> {
  const { promise: stopped, reject } = Promise.withResolvers<never>();
  const leave = (): void => reject(stoppedEarly());
  process.once('SIGINT', leave);
  try {
    return await Promise.race([work, stopped]);
  } finally {
    process.off('SIGINT', leave);
  }
}

/** Lists what stands in the way and throws `plan.blocked`. */
export function refuseBlocked({ terminal }: Context, plan: Plan): void {
  const blockers = plan.findings.filter(({ severity }) => severity === 'blocker');
  if (blockers.length === 0) return;
  for (const line of findingLines(terminal.theme, blockers, terminal.columns)) terminal.say(line);
  terminal.say();
  throw blocked(blockers.length);
}

export function blocked(blockers: number): DroverError {
  const things = blockers === 1 ? 'One thing stands' : `${blockers} things stand`;
  return new DroverError('plan.blocked', `${things} in the way of this migration; nothing was touched.`, {
    hint: 'Follow a remedy named with each blocker, then start again.',
  });
}

function stoppedEarly(): DroverError {
  return new DroverError('run.cancelled', 'Stopped while planning; nothing was touched.', {
    hint: 'Start the same command again when you like.',
  });
}

/** How it ended, for people and as an exit status. `saved` tells what stood in the way, where a run was not planned beforehand. */
export async function conclude(
  context: Context,
  saved: Saved | null,
  { progress, thrown, cancelled }: Watched,
): Promise<ExitStatus> {
  const { terminal, host } = context;
  const state = progress.finished?.state ?? null;
  if (thrown && progress.startedAt === null) {
    if (cancelled) throw stoppedEarly();
    if (saved && failureData(thrown).code === 'plan.blocked') await listBlockers(context, saved);
    throw thrown;
  }
  const error = progress.error ?? (thrown ? failureData(thrown) : null);
  if (thrown) {
    terminal.record({ kind: 'error', error });
    trace(thrown);
  }
  if (saved && error?.code === 'plan.blocked') await listBlockers(context, saved);

  const report = progress.run ? await host.call('report.read', { run: progress.run }).catch(() => null) : null;
  const { theme, columns } = terminal;
  const compared = report !== null && report.verdict !== 'failed';
  if (compared) {
    const { peakRss, finished } = progress;
    for (const line of endLines(report, { theme, columns, state, peakRss, folder: finished?.folder ?? null }))
      terminal.say(line);
  }
  if (state !== 'published')
    for (const line of failedLines(context, progress, error, compared ? null : report)) terminal.say(line);
  return statusOfRun(state, report !== null && isIncomplete(report));
}

function isIncomplete({ tables, left }: Report): boolean {
  return left.length > 0 || tables.some(({ quarantined }) => quarantined > 0);
}

/** A run with --yes plans by itself: fetch the plan again to say what stands in the way. */
async function listBlockers({ host, terminal }: Context, saved: Saved): Promise<void> {
  const plan = await host.call('plan', saved).catch(() => null);
  const blockers = plan?.findings.filter(({ severity }) => severity === 'blocker') ?? [];
  for (const line of findingLines(terminal.theme, blockers, terminal.columns)) terminal.say(line);
}

function failedLines(
  { terminal }: Context,
  progress: Progress,
  error: DroverErrorData | null,
  report: Report | null,
): string[] {
  const { theme, columns } = terminal;
  // Of a refusal the steps tell nothing: none of them acted.
  const saga = progress.finished?.state === 'refused' ? [] : [...sagaLines(progress, { theme, columns, now: 0 }), ''];
  const lines = ['', ...saga];
  if (error) lines.push(...failureLines(theme, error, columns));
  else if (report) lines.push(...verdictLines(theme, report.verdict, report.summary, columns));
  lines.push('', `  ${theme.strong(afterwards(progress, error))}`);
  const folder = progress.finished?.folder ?? progress.folder;
  if (folder && progress.finished?.state !== 'refused')
    lines.push(`  ${theme.quiet(`The records of this run are in ${folder}`)}`);
  return [...lines, ''];
}

/** What may be said of the target now; no more than is known. */
function afterwards(progress: Progress, error: DroverErrorData | null): string {
  switch (progress.finished?.state) {
    case 'rolled back':
      return 'Rolled back. The target is as it was before.';
    case 'undone':
      return 'Published, then rolled back. The target is as it was before.';
    case 'refused':
      return 'Nothing was touched.';
    case 'published':
      return 'The new tables stand in the target.';
    case 'held':
      return `Held: loaded and verified, beside your own tables, which are as they were. To publish: drover publish ${progress.run}`;
    case 'rehearsed':
      return 'Rehearsed, and taken back. The target is as it was before.';
    case 'interrupted':
    case 'running':
      if (error?.code === 'run.taken-over')
        return 'Another process has this run now; this one changes nothing any more.';
      if (error?.code === 'run.source-changed')
        return `It can't go on as planned. To get back to before: drover rollback ${progress.run}`;
      return `Interrupted. To go on: drover resume ${progress.run}. To get back to before: drover rollback ${progress.run}`;
    case 'unknown':
      return `What the target holds now is not known. Once what is told above is mended: drover runs asks the target; drover resume ${progress.run} goes on, drover rollback ${progress.run} leads back to before.`;
    case undefined:
      return compensating(progress)
        ? 'The run ended while it was being rolled back: look at the target before you go on.'
        : 'The run ended without saying how: look at the target before you go on.';
  }
}
