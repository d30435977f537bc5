// Watches a run to its end on the terminal. Ctrl-C pauses it and asks what shall become of it; where nobody can be asked
// it is rolled back, and a second Ctrl-C leaves at once. A terminal that is closed leaves the run to be resumed.

import type { RunEvent } from '../shared/model/run.ts';
import type { Progress } from '../shared/progress.ts';
import type { Context } from './context.ts';
import type { RunDisplay, RunTitle } from './display/display.ts';
import { liveDisplay } from './display/live.ts';
import { plainDisplay } from './display/plain.ts';
import { exitStatus } from './exit.ts';

export interface Watching {
  readonly title: RunTitle;
  readonly tables: readonly { readonly name: string; readonly rows: number }[];
  /** Aborting its signal cancels the run. */
  readonly stream: (signal: AbortSignal) => AsyncIterable<RunEvent>;
}

export interface Watched {
  readonly progress: Progress;
  /** What ended the stream where no `finished` event did. */
  readonly thrown: unknown;
  readonly cancelled: boolean;
}

/** One Ctrl-C can arrive twice: from the terminal, and passed on by npm. */
const DOUBLE_SIGNAL_MS = 500;

export async function watch(context: Context, watching: Watching): Promise<Watched> {
  const controller = new AbortController();
  const over = new AbortController();
  const display = openDisplay(context, watching);
  let run: string | null = null;
  let stopping: number | null = null;
  const cancel = (): void => {
    display.cancelling();
    controller.abort();
  };
  const interrupt = (signal: NodeJS.Signals) => {
    if (stopping === null) {
      stopping = Date.now();
      if (signal === 'SIGINT' && run !== null && context.terminal.interactive) {
        void decide(context, display, run, cancel, over.signal).then((goesOn) => {
          if (goesOn) stopping = null;
        });
      } else if (signal === 'SIGHUP' && run !== null) {
        // Nobody said that it is not wanted any more.
        void context.host.call('run.leave', { run }).catch(cancel);
      } else cancel();
    } else if (signal === 'SIGINT' && Date.now() - stopping > DOUBLE_SIGNAL_MS) {
      display.close();
      for (const line of leftLines(run)) process.stderr.write(`${line}\n`);
      process.exit(exitStatus.unknown);
    }
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, interrupt);
  let thrown: unknown = null;
  try {
    for await (const event of watching.stream(controller.signal)) {
      if (event.kind === 'started') run = event.run;
      context.terminal.record(event);
      display.event(event);
    }
  } catch (error) {
    thrown = error;
  } finally {
    over.abort();
    for (const signal of signals) process.off(signal, interrupt);
  }
  return { progress: display.close(), thrown, cancelled: controller.signal.aborted };
}

/** True when the run goes on. The question is taken back when the run is over. */
async function decide(
  { host }: Context,
  display: RunDisplay,
  run: string,
  cancel: () => void,
  over: AbortSignal,
): Promise<boolean> {
  const { paused } = await host.call('run.pause', { run }).catch(() => ({ paused: false }));
  display.hold(true);
  const { isCancel, select } = await import('@clack/prompts');
  const answer = await select({
    message: `${paused ? 'Paused before the next batch.' : 'It goes on meanwhile: nothing is left to pause.'} What shall become of this run?`,
    options: [
      { value: 'on', label: 'Go on' },
      { value: 'leave', label: 'Leave it as it is, to resume it later' },
      { value: 'back', label: 'Roll back now: the target is as it was before' },
    ],
    output: process.stderr,
    // Nobody needs an answer once it has ended by itself.
    signal: over,
  });
  if (over.aborted) return false;
  display.hold(false);
  // A second Ctrl-C leaves safely.
  if (isCancel(answer) || answer === 'leave') await host.call('run.leave', { run }).catch(() => undefined);
  else if (answer === 'back') cancel();
  else await host.call('run.continue', { run }).catch(() => undefined);
  return answer === 'on';
}

function openDisplay({ terminal }: Context, { title, tables }: Watching): RunDisplay {
  const live = terminal.stream.isTTY && process.env.TERM !== 'dumb' && !process.env.CI;
  return live
    ? liveDisplay(terminal.stream, terminal.theme, title, tables)
    : plainDisplay((line) => terminal.say(line), title);
}

function leftLines(run: string | null): string[] {
  if (run === null) return ['', 'Left before anything was touched.'];
  return [
    '',
    `Left in the middle of rolling run ${run} back.`,
    `To go on with that: drover rollback ${run}. To have the run go on instead: drover resume ${run}.`,
  ];
}
