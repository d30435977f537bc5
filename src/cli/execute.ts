// Runs a project: confirms, shows the run while it lasts, handles Ctrl-C, and ends with the end screen.

import type { RunOptions } from '../shared/contract.ts';
import { DroverError, type DroverErrorData } from '../shared/errors.ts';
import { estimateOf } from '../shared/feeds.ts';
import type { Plan } from '../shared/model/plan.ts';
import type { Report } from '../shared/model/report.ts';
import { compensating, type Progress } from '../shared/progress.ts';
import { confirm, notConfirmed } from './confirm.ts';
import type { Context } from './context.ts';
import type { RunDisplay, RunTitle } from './display/display.ts';
import { endLines, verdictLines } from './display/end.ts';
import { findingLines } from './display/findings.ts';
import { liveDisplay } from './display/live.ts';
import { plainDisplay } from './display/plain.ts';
import { sagaLines } from './display/saga.ts';
import { whileWaiting } from './display/waiting.ts';
import { type ExitStatus, exitStatus, statusOfRun } from './exit.ts';
import { failureData, failureLines, trace } from './failure.ts';
import type { Saved } from './project-file.ts';

export interface ExecuteOptions extends RunOptions {
  /** Confirmed beforehand. */
  readonly yes: boolean;
}

export async function execute(context: Context, saved: Saved, options: ExecuteOptions): Promise<ExitStatus> {
  const plan = await planned(context, saved, options.yes);
  const { yes: _, ...runOptions } = options;
  return conclude(context, saved, await watch(context, saved, runOptions, plan));
}

/** Without --yes somebody must see the plan and agree; with it the run plans by itself. */
async function planned(context: Context, saved: Saved, yes: boolean): Promise<Plan | null> {
  if (yes) return null;
  if (!context.terminal.interactive) throw notConfirmed();
  const plan = await whileWaiting(context.terminal.theme, 'planning', context.host.call('plan', saved));
  refuseBlocked(context, plan);
  await confirm(context, plan, saved.target.url);
  return plan;
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

interface Watched {
  readonly progress: Progress;
  /** What ended the stream where no `finished` event did. */
  readonly thrown: unknown;
  readonly cancelled: boolean;
}

function stoppedEarly(): DroverError {
  return new DroverError('run.cancelled', 'Stopped while planning; nothing was touched.', {
    hint: 'Start the same command again when you like.',
  });
}

/** One Ctrl-C can arrive twice: from the terminal, and passed on by npm. */
const DOUBLE_SIGNAL_MS = 500;

async function watch(context: Context, saved: Saved, options: RunOptions, plan: Plan | null): Promise<Watched> {
  const controller = new AbortController();
  const display = openDisplay(context, saved, plan);
  let run: string | null = null;
  let stopping: number | null = null;
  const interrupt = (signal: NodeJS.Signals) => {
    if (stopping === null) {
      stopping = Date.now();
      display.cancelling();
      controller.abort();
    } else if (signal === 'SIGINT' && Date.now() - stopping > DOUBLE_SIGNAL_MS) {
      for (const line of abandonedLines(display.close(), run)) process.stderr.write(`${line}\n`);
      process.exit(exitStatus.unknown);
    }
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, interrupt);
  let thrown: unknown = null;
  try {
    for await (const event of context.host.stream('run', { ...saved, options }, controller.signal)) {
      if (event.kind === 'started') run = event.run;
      context.terminal.record(event);
      display.event(event);
    }
  } catch (error) {
    thrown = error;
  } finally {
    for (const signal of signals) process.off(signal, interrupt);
  }
  return { progress: display.close(), thrown, cancelled: controller.signal.aborted };
}

function openDisplay({ terminal }: Context, saved: Saved, plan: Plan | null): RunDisplay {
  const title: RunTitle = { source: saved.source.url, target: saved.target.url };
  const tables = plan?.tables.map((table) => ({ name: table.target.name, rows: estimateOf(table).rows })) ?? [];
  const live = terminal.stream.isTTY && process.env.TERM !== 'dumb' && !process.env.CI;
  return live
    ? liveDisplay(terminal.stream, terminal.theme, title, tables)
    : plainDisplay((line) => terminal.say(line), title);
}

function abandonedLines(progress: Progress, run: string | null): string[] {
  const published = ['done', 'running'].includes(progress.steps.get('publish')?.state ?? '');
  return [
    '',
    `Stopped in the middle of rolling back${run ? `, run ${run}` : ''}.`,
    published
      ? 'Publishing had begun: look at the target before you use it; the earlier tables are kept in the backup of this run.'
      : 'Your tables in the target are as they were; staging tables of this run may remain beside them.',
    "Their names hold the run's name; `drover runs` shows where it stopped.",
  ];
}

async function conclude(context: Context, saved: Saved, { progress, thrown, cancelled }: Watched): Promise<ExitStatus> {
  const { terminal, host } = context;
  const state = progress.finished?.state ?? null;
  if (thrown && progress.startedAt === null) {
    if (cancelled) throw stoppedEarly();
    if (failureData(thrown).code === 'plan.blocked') await listBlockers(context, saved);
    throw thrown;
  }
  const error = progress.error ?? (thrown ? failureData(thrown) : null);
  if (thrown) {
    terminal.record({ kind: 'error', error });
    trace(thrown);
  }
  if (error?.code === 'plan.blocked') await listBlockers(context, saved);

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
  return statusOfRun(state, report?.tables.reduce((sum, { quarantined }) => sum + quarantined, 0) ?? 0);
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
  lines.push('', `  ${theme.strong(afterwards(progress))}`);
  const folder = progress.finished?.folder ?? progress.folder;
  if (folder && progress.finished?.state !== 'refused')
    lines.push(`  ${theme.quiet(`The records of this run are in ${folder}`)}`);
  return [...lines, ''];
}

/** What may be said of the target now; no more than is known. */
function afterwards(progress: Progress): string {
  switch (progress.finished?.state) {
    case 'rolled back':
      return 'Rolled back. The target is as it was before.';
    case 'undone':
      return 'Published, then rolled back. The target is as it was before.';
    case 'refused':
      return 'Nothing was touched.';
    case 'published':
      return 'The new tables stand in the target.';
    case 'interrupted':
    case 'running':
      return 'Interrupted: staging tables of this run may remain in the target; your own tables are as they were.';
    case 'unknown':
      return 'The target could not be asked: whether it is as before is not known. Look at it before you go on.';
    case undefined:
      return compensating(progress)
        ? 'The run ended while it was being rolled back: look at the target before you go on.'
        : 'The run ended without saying how: look at the target before you go on.';
  }
}
