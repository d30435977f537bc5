// Findings on keys that several sources of one table share.

import { many } from '../../../shared/format.ts';
import type { Clashes } from '../clashes.ts';
import { type Context, finding } from '../context.ts';
import type { TablePair } from '../pairs.ts';

/** The target would take the first row of each key, and refuse the rest after everything was loaded. */
export function reportClashes(pairs: readonly TablePair[], clashes: Clashes, { report }: Context): void {
  for (const { source, mapping } of pairs) {
    const clash = clashes[source.name];
    if (!clash) continue;
    const key = clash.key.join(', ');
    const rows = `${many(clash.rows, 'row')} of ${source.name} ${clash.rows === 1 ? 'has' : 'have'}`;
    const message = `${rows} a key (${key}) that ${clash.other} gives to ${mapping.target} too.`;
    const remedies = [
      `Give the rows of ${source.name} other keys, by an expression such as ${clash.key[0]} + 1000000, or a sequence.`,
      'Leave these rows out with a filter.',
    ];
    report(
      finding(
        'blocker',
        'map.feed-clash',
        { side: 'source', table: source.name },
        message,
        remedies,
        String(clash.rows),
      ),
    );
  }
}
