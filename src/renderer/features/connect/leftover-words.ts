// What the target holds of a run, in words: how it stands, how much it is, and what can be done about it here.

import { assertNever } from '../../../shared/errors.ts';
import { many, size } from '../../../shared/format.ts';
import type { Leftover } from '../../../shared/model/run.ts';

export function standingWords({ state, inUse }: Leftover): string {
  if (inUse) return 'A process is at work on it now: another run can’t begin here before it has ended.';
  switch (state) {
    case 'staged':
      return 'Nothing of it is published. Resume it on the machine that ran it, or take it away here.';
    case 'half published':
      return 'It was cut off while it published. What it had moved is written in its history alone: resume it, or roll it back, on the machine that ran it.';
    case 'published':
      return 'It is published. Only the machine that ran it can roll it back, and only as long as its backups are here.';
    case 'kept aside':
      return 'Rows that somebody wrote after it, which a rollback has spared. Drop these tables by hand once nobody needs them.';
    default:
      return assertNever(state);
  }
}

/** "3 tables, 12.4 MB"; no size where the target states none. */
export function sizeWords(tables: Leftover['tables']): string {
  const stated = tables.flatMap(({ bytes }) => (bytes === null ? [] : [bytes]));
  const total = stated.reduce((sum, bytes) => sum + bytes, 0);
  return `${many(tables.length, 'table')}${stated.length > 0 ? `, ${size(total)}` : ''}`;
}
