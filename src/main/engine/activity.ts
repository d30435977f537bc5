// Which runs are under way, told to the shell when it changes: it keeps the machine awake and asks before closing.

import type { Host } from '../../host/host.ts';
import type { RunState } from '../../shared/model/run.ts';
import type { ActiveRun, FromEngine } from '../engine-messages.ts';

/** The same host; each run that is started through it is followed to its end. */
export function watchRuns(host: Host, tell: (message: FromEngine) => void): Host {
  const followed = new Map<string, ActiveRun>();

  async function look(): Promise<void> {
    for (const { run, project } of await host.call('run.active', {})) {
      if (followed.has(run)) continue;
      followed.set(run, { run, project });
      void follow({ run, project });
    }
    tell({ kind: 'active', runs: [...followed.values()] });
  }

  async function follow({ run, project }: ActiveRun): Promise<void> {
    const state = await lastState(host, run);
    followed.delete(run);
    tell({ kind: 'active', runs: [...followed.values()] });
    tell({ kind: 'ended', ended: { run, project, state } });
  }

  return {
    stream: (name, input, signal) => host.stream(name, input, signal),
    async call(name, input) {
      const output = await host.call(name, input);
      if (name === 'run.start' || name === 'run.resume') await look();
      return output;
    },
  };
}

async function lastState(host: Host, run: string): Promise<RunState> {
  try {
    const watched = host.stream('run.watch', { run, after: 0 }, new AbortController().signal);
    for await (const { events } of watched) {
      const finished = events.find((event) => event.kind === 'finished');
      if (finished) return finished.state;
    }
    return 'unknown';
  } catch {
    // Whoever watches the run on a screen is told what went wrong.
    return 'unknown';
  }
}
