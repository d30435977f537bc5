// Serving until the person says stop: a run under way goes on to its end, or is left as it is, to be resumed.

import { setTimeout as sleep } from 'node:timers/promises';
import { endRuns } from '../host/end-runs.ts';
import type { Host } from '../host/host.ts';
import { many } from '../shared/format.ts';
import type { Web } from '../web/start.ts';
import { type ExitStatus, exitStatus } from './exit.ts';
import type { Terminal } from './terminal.ts';

/** One Ctrl-C can arrive twice: from the terminal, and passed on by npm. */
const DOUBLE_SIGNAL_MS = 500;
const LOOK_AGAIN_MS = 100;

/** Says `line`, and resolves when everything has come to its end. A third Ctrl-C ends it at once. */
export async function serveUntilStopped(terminal: Terminal, host: Host, web: Web, line: string): Promise<ExitStatus> {
  const stop = new AbortController();
  const leave = new AbortController();
  let last = 0;
  const interrupt = (signal: NodeJS.Signals) => {
    // Whoever ends processes without a word waits for nothing.
    if (signal !== 'SIGINT') leave.abort();
    else if (stop.signal.aborted && Date.now() - last > DOUBLE_SIGNAL_MS) {
      if (leave.signal.aborted) process.exit(exitStatus.unknown);
      leave.abort();
    }
    last = Date.now();
    stop.abort();
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, interrupt);
  // Who reads it may say stop at once: by now somebody listens.
  terminal.say(line);
  try {
    if (!stop.signal.aborted) await new Promise((resolve) => stop.signal.addEventListener('abort', resolve));
    await letGoOn(terminal, host, leave.signal);
    const left = await leaveRuns(terminal, host);
    await web.close();
    return left > 0 ? exitStatus.unknown : exitStatus.ok;
  } finally {
    for (const signal of signals) process.off(signal, interrupt);
  }
}

/** Resolves when no run is under way any more, or somebody does not want to wait for that. */
async function letGoOn(terminal: Terminal, host: Host, leave: AbortSignal): Promise<void> {
  const active = await host.call('run.active', {});
  if (active.length === 0 || leave.aborted) return;
  const names = active.map(({ project }) => project).join(', ');
  const they = active.length === 1 ? 'it goes' : 'they go';
  terminal.say(`${many(active.length, 'run')} under way (${names}): ${they} on, and Drover ends with that.`);
  terminal.say('Ctrl-C again ends it now and leaves everything where it is, to be resumed.');
  while (!leave.aborted && (await host.call('run.active', {})).length > 0) await sleep(LOOK_AGAIN_MS);
}

/** How many were left. One that publishes at this moment comes to its end. */
async function leaveRuns(terminal: Terminal, host: Host): Promise<number> {
  const active = new Set((await host.call('run.active', {})).map(({ run }) => run));
  if (active.size === 0) return 0;
  await endRuns(host, 'leave');
  const runs = await host.call('runs', {});
  const left = runs.filter(({ run, state }) => active.has(run) && state === 'interrupted');
  for (const { run, project } of left) {
    terminal.say(`Left ${project}. To go on: drover resume ${run}; back to before: drover rollback ${run}`);
  }
  return left.length;
}
