// Findings on tables that are refilled in place of being replaced: why, and what of them stays as it is.

import { list, many } from '../../../shared/format.ts';
import type { Table } from '../../../shared/model/catalog.ts';
import { dependantWords } from '../../dialects/carrying.ts';
import { nameKey } from '../../dialects/names.ts';
import { type Context, finding } from '../context.ts';
import type { TablePair } from '../pairs.ts';
import type { Draft } from '../table.ts';
import type { Refill } from './refilling.ts';

export function reportRefilled({ mapping }: TablePair, into: Table, { existing }: Draft, context: Context): void {
  const { report, refills, target, targetCan } = context;
  const refill = refills.get(nameKey(into.name, targetCan));
  if (!refill) return;
  const place = { side: 'target', table: into.name } as const;
  const rows = existing?.rows ?? 0;
  const kept = `${into.name} is not replaced but refilled: its ${many(rows, 'row')} ${rows === 1 ? 'is' : 'are'} exchanged for those of the source, in one transaction, and its columns, keys and indexes stay as they are`;
  const message = `${kept}. ${whyOf(refill, target.server.variant)}`;
  const ways = refill.kind === 'stuck' ? [wayOut(refill)] : [];
  report(finding(refill.kind === 'stuck' ? 'warning' : 'note', 'target.refilled', place, message, ways));

  const given = new Set(mapping.columns.filter(({ skip }) => !skip).map((column) => column.target));
  const rest = into.columns.filter(({ name, generated }) => !generated && !given.has(name)).map(({ name }) => name);
  if (rest.length === 0) return;
  const words = `${list(rest)} of ${into.name} ${rest.length === 1 ? 'is' : 'are'} not given: rows whose key stays keep what they hold there, others get the default.`;
  report(finding('note', 'target.columns-kept', place, words));
}

function whyOf(refill: Refill, variant: string): string {
  if (refill.kind === 'stuck') {
    const each = refill.dependants.map(
      (dependant) => dependantWords(dependant) + (dependant.hindrance ? ` (${dependant.hindrance})` : ''),
    );
    return `The ${list(each)} would stay with the old table.`;
  }
  return `${list(refill.tables)} must be refilled, and ${variant} can't show both at once, or foreign keys tie them.`;
}

function wayOut({ dependants }: Extract<Refill, { kind: 'stuck' }>): string {
  const [first, ...more] = dependants;
  // Another table is not dropped for that.
  if (first?.kind === 'parent table' && more.length === 0)
    return `To have the table itself replaced, let it no longer inherit from ${first.name}.`;
  const them = list(dependants.filter(({ kind }) => kind !== 'parent table').map(dependantWords));
  return `To have the table itself replaced, drop the ${them} in the target, and create ${dependants.length === 1 ? 'it' : 'them'} again after the run.`;
}
