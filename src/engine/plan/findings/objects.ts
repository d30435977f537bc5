// Findings on what else the two sides hold and Drover does not carry: views, triggers, routines and the like.

import type { NamedObject } from '../../../shared/model/catalog.ts';
import { type Context, finding } from '../context.ts';
import { listed, type TablePair } from '../reconcile.ts';

/** Rows of staging, which no subscriber has, go out with all others. */
export function reportPublishesAll({ target, report }: Context): void {
  for (const { kind, name } of target.objects) {
    if (kind !== 'publication') continue;
    report(
      finding(
        'warning',
        'target.publishes-all',
        { side: 'target', object: name },
        `The publication ${name} of the target is of all tables, those that a run makes for itself among them: a subscriber, which has none of these, stops at their first row.`,
        ['Let the publication list its tables, or their schema, before the run.'],
      ),
    );
  }
}

/** One note for each kind of object, with the names. */
export function reportObjects(pairs: readonly TablePair[], { source, target, report, sameFamily }: Context): void {
  const moving = new Set(pairs.map((pair) => pair.source.name));
  const kinds = new Map<NamedObject['kind'] | 'policy' | 'rule', string[]>();
  for (const { kind, name, table } of source.objects) {
    if (table !== null && !moving.has(table)) continue;
    // An extension is not missed where the target has it, nor where another family has no such thing.
    if (kind === 'extension' && (!sameFamily || target.objects.some((each) => each.name === name))) continue;
    kinds.set(kind, [...(kinds.get(kind) ?? []), name]);
  }
  for (const { source: table } of pairs) {
    for (const { kind, name, of: owner } of table.dependants) {
      if ((kind === 'policy' || kind === 'rule') && !owner)
        kinds.set(kind, [...(kinds.get(kind) ?? []), `${table.name}.${name}`]);
    }
  }
  for (const [kind, names] of kinds) {
    const one = names.length === 1;
    report(
      finding(
        'note',
        `not-carried.${kind.replaceAll(' ', '-')}`,
        { side: 'source' },
        `${names.length} ${one ? kind : plural(kind)} ${one ? 'is' : 'are'} not carried: ${listed(names)}.`,
        [`Create ${one ? 'it' : 'them'} by hand in the target.`],
      ),
    );
  }
}

function plural(kind: string): string {
  return kind.endsWith('y') ? `${kind.slice(0, -1)}ies` : `${kind}s`;
}
