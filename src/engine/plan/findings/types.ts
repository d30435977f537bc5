// Findings on the chosen types: what is weaker or different in the target.

import { type Context, finding } from '../context.ts';
import { isNothing } from '../nullability.ts';
import type { TablePair } from '../reconcile.ts';

/** The proposal's own note, where the project kept the proposal. Types alone tell it; values are judged elsewhere. */
export function reportTypes(
  pairs: readonly TablePair[],
  keyed: ReadonlyMap<string, ReadonlySet<string>>,
  context: Context,
): void {
  const { source, target, targetDialect, profile } = context;
  for (const pair of pairs) {
    for (const { mapping, source: column, sourceLogical, shape } of pair.columns) {
      if (shape || isNothing(mapping)) continue;
      const facts = {
        answers: profile[pair.source.name]?.[column.name] ?? {},
        keyed: keyed.get(pair.source.name)?.has(column.name) ?? false,
        identity: column.identity !== null,
        native: column.native,
        family: source.server.family,
      };
      const { native, note } = targetDialect.types.propose(sourceLogical, facts, target.server);
      if (note === undefined || native !== mapping.type) continue;
      const place = { side: 'source', table: pair.source.name, column: column.name } as const;
      context.report(finding('note', 'type.differs', place, `${pair.source.name}.${column.name}: ${note}`));
    }
  }
}
