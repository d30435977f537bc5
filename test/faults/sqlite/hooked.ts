// SQLite has no wire: the process kills itself at a statement, by a hook that is loaded from outside.

import { fileURLToPath } from 'node:url';
import type { Strike } from '../drover.ts';

export interface Order {
  readonly file: string;
  readonly statement: string;
  /** Counted from 1 in each of its threads. */
  readonly nth: number;
  readonly moment: 'before' | 'answered';
}

const HOOK = fileURLToPath(new URL('hook.ts', import.meta.url));

export function hooked(
  { name, statement }: { readonly name: string; readonly statement: RegExp },
  moment: Order['moment'],
  file: string,
  nth: number,
): Strike {
  const order: Order = { file, statement: statement.source, nth, moment };
  return {
    words: `SIGKILL at ${name} (${nth}), ${moment}`,
    environment: { NODE_OPTIONS: `--import=${HOOK}`, DROVER_FAULT: JSON.stringify(order) },
  };
}
