// Serving until the person says stop: runs under way are cancelled and rolled back before Drover leaves.

import { endRuns } from '../host/end-runs.ts';
import type { Host } from '../host/host.ts';
import { many } from '../shared/format.ts';
import type { Web } from '../web/start.ts';
import { type ExitStatus, exitStatus } from './exit.ts';
import type { Terminal } from './terminal.ts';

/** One Ctrl-C can arrive twice: from the terminal, and passed on by npm. */
const DOUBLE_SIGNAL_MS = 500;

/** Says `line`, and resolves when everything has come to its end. A second Ctrl-C leaves at once. */
export async function serveUntilStopped(terminal: Terminal, host: Host, web: Web, line: string): Promise<ExitStatus> {
  const { promise: asked, resolve: ask } = Promise.withResolvers<void>();
  let stopping: number | null = null;
  const interrupt = (signal: NodeJS.Signals) => {
    if (stopping === null) {
      stopping = Date.now();
      ask();
    } else if (signal === 'SIGINT' && Date.now() - stopping > DOUBLE_SIGNAL_MS) process.exit(exitStatus.unknown);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, interrupt);
  // Who reads it may say stop at once: by now somebody listens.
  terminal.say(line);
  try {
    await asked;
    await stopRuns(terminal, host);
    await web.close();
  } finally {
    for (const signal of signals) process.off(signal, interrupt);
  }
  return exitStatus.ok;
}

async function stopRuns(terminal: Terminal, host: Host): Promise<void> {
  const active = await host.call('run.active', {});
  if (active.length === 0) return;
  const names = active.map(({ project }) => project).join(', ');
  terminal.say(
    `${many(active.length, 'run')} under way (${names}): cancelling and rolling back; Ctrl-C again leaves at once.`,
  );
  await endRuns(host, 'cancel');
  terminal.say('Rolled back.');
}
