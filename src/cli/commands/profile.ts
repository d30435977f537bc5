// `drover profile <url> <table>`: what the values of each column look like; reads only.

import { DroverError } from '../../shared/errors.ts';
import type { ColumnProfile } from '../../shared/model/column-profile.ts';
import { access } from '../access.ts';
import { type Context, withContext } from '../context.ts';
import { profileHead, profileLines } from '../display/profile.ts';
import { whileWaiting } from '../display/waiting.ts';
import { type ExitStatus, exitStatus } from '../exit.ts';

export interface ProfileOptions {
  readonly columns?: readonly string[];
  readonly rows?: number;
  readonly json?: boolean;
}

export function profile(url: string, table: string, options: ProfileOptions): Promise<ExitStatus> {
  return withContext(options.json === true, async (context) => {
    const { terminal } = context;
    const leaving = new AbortController();
    const leave = (): void => leaving.abort();
    process.once('SIGINT', leave);
    try {
      const profiles = (await ask(context, url, table, options, leaving.signal))[Symbol.asyncIterator]();
      for (let first = true; ; first = false) {
        const next = await whileWaiting(terminal.theme, 'looking at the values', profiles.next());
        // Ctrl-C: what was found stands there.
        if (next.done) break;
        show(context, table, next.value, first);
      }
    } finally {
      process.off('SIGINT', leave);
    }
    if (leaving.signal.aborted)
      throw new DroverError('run.cancelled', 'Profiling was broken off; nothing was changed.');
    return exitStatus.ok;
  });
}

async function ask(context: Context, url: string, table: string, options: ProfileOptions, signal: AbortSignal) {
  const endpoint = await access(context, 'source', url);
  const { columns, rows } = options;
  const input = {
    endpoint,
    side: 'source',
    table,
    columns: columns ? [...columns] : null,
    rows: rows ?? null,
  } as const;
  return context.host.stream('inspect.profile', input, signal);
}

function show({ terminal }: Context, table: string, found: ColumnProfile, first: boolean): void {
  if (terminal.json) {
    terminal.record(found);
    return;
  }
  if (first) for (const line of profileHead(terminal.theme, table, found.scope)) terminal.say(line);
  for (const line of profileLines(terminal.theme, found, terminal.columns)) terminal.say(line);
}
