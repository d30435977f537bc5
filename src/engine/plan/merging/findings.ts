// Findings on rows that go into tables of the target: what they lack, what they refuse, and what publish will do.

import { estimateOf, sourceWords } from '../../../shared/feeds.ts';
import { aboutMany, count, list, many } from '../../../shared/format.ts';
import type { Table } from '../../../shared/model/catalog.ts';
import type { Remedy } from '../../../shared/model/finding.ts';
import { type Context, finding } from '../context.ts';
import type { TablePair } from '../reconcile.ts';
import type { Draft } from '../table.ts';
import { keysOf } from './draft.ts';
import { reportRefilled } from './refilled.ts';
import { columnNamed, isMerging } from './standing.ts';

export function reportMerged(pairs: readonly TablePair[], drafts: readonly Draft[], context: Context): void {
  for (const [i, pair] of pairs.entries()) {
    const draft = drafts[i]!;
    if (pair.into) reportOne(pair, pair.into, draft, context);
    else if (isMerging(draft.mode)) reportAbsent(pair, context);
  }
  reportMixed(drafts, context);
}

function reportOne(pair: TablePair, into: Table, draft: Draft, context: Context): void {
  reportColumns(pair, into, context);
  reportKey(pair, into, draft, context);
  reportTable(pair, into, draft, context);
  if (draft.merge!.refills) reportRefilled(pair, into, draft, context);
  else reportConflicts(pair, into, draft, context);
}

/** There is nothing to add to. */
function reportAbsent({ mapping, source }: TablePair, { report }: Context): void {
  const remedies: Remedy[] = [
    { text: `Create ${mapping.target} with this run.`, change: { kind: 'mode', table: source.name, mode: 'create' } },
    { text: 'Map it to the name of a table that stands there.' },
  ];
  const message = `The target has no table ${mapping.target} to which rows of ${source.name} could be added.`;
  report(finding('blocker', 'target.no-table', { side: 'target', table: mapping.target }, message, remedies));
}

function reportColumns({ mapping, source, columns }: TablePair, into: Table, context: Context): void {
  const { report } = context;
  for (const { mapping: column } of columns) {
    if (columnNamed(column.target, into, context)) continue;
    const place = { side: 'target', table: into.name, column: column.target } as const;
    const remedies: Remedy[] = [
      { text: `Add a column ${column.target} to ${into.name} in the target, or map it to one that is there.` },
      {
        text: `Leave out the column ${column.source}.`,
        change: { kind: 'skip column', table: source.name, column: column.source },
      },
    ];
    report(finding('blocker', 'target.no-column', place, `${into.name} has no column ${column.target}.`, remedies));
  }
  for (const column of into.columns) {
    const place = { side: 'target', table: into.name, column: column.name } as const;
    if (column.generated) {
      if (!mapping.columns.some((each) => columnNamed(each.target, into, context) === column)) continue;
      const message = `${into.name}.${column.name} is computed by the target; its values are not taken from the source.`;
      report(finding('note', 'target.computed', place, message));
      continue;
    }
    if (columns.some((each) => each.mapping.target === column.name)) continue;
    if (column.nullable || column.default || column.identity || handsOut(column.name, into, context)) continue;
    const message = `${into.name}.${column.name} must be given, and no column is mapped to it.`;
    report(
      finding('blocker', 'target.column-required', place, message, [
        `Map a column to ${column.name}, or give it a default in the target.`,
      ]),
    );
  }
}

/** INTEGER PRIMARY KEY of SQLite and the like. */
function handsOut(name: string, { columns }: Table, _context: Context): boolean {
  return columns.some((column) => column.name === name && column.identity !== null);
}

function reportKey({ mapping }: TablePair, into: Table, { merge, mode }: Draft, context: Context): void {
  if (merge!.key.length > 0) return;
  const keys = keysOf(into, context).map((key) => `(${key.join(', ')})`);
  const place = { side: 'target', table: into.name } as const;
  const asked = mode === 'upsert' && mapping.key ? `(${mapping.key.join(', ')})` : null;
  const message = asked
    ? `${asked} can't tell rows of ${into.name} apart: it is no unique key of the table that is never NULL, or is not mapped.`
    : `Nothing tells the rows of ${into.name} apart: no unique key of it that is never NULL is mapped as a whole.`;
  const known = keys.length > 0 ? `Map all columns of one of its keys: ${list(keys, 4)}.` : null;
  context.report(
    finding('blocker', asked ? 'target.bad-key' : 'target.no-key', place, message, [
      known ?? `Give ${into.name} a primary key in the target: without one, added rows could not be taken out again.`,
    ]),
  );
}

function reportTable(pair: TablePair, into: Table, draft: Draft, context: Context): void {
  const { report, target } = context;
  const place = { side: 'target', table: into.name } as const;
  if (into.engine !== null && !/^innodb$/i.test(into.engine)) {
    report(
      finding(
        'blocker',
        'target.no-transactions',
        place,
        `${into.name} is a ${into.engine} table, without transactions.`,
        [`Change it in the target: ALTER TABLE ${into.name} ENGINE=InnoDB.`],
      ),
    );
  }
  const triggers = into.dependants.filter(({ kind }) => kind === 'trigger').map(({ name }) => name);
  if (triggers.length > 0) {
    const message = `Triggers of ${into.name} fire for every row: ${list(triggers, 4)}. What they write elsewhere is not taken back by a rollback.`;
    report(
      finding('warning', 'target.triggers', place, message, [
        'Drop them for the time of the run, where they are not meant for it.',
      ]),
    );
  }
  const rules = into.dependants.filter(({ kind }) => kind === 'rule').map(({ name }) => name);
  if (rules.length > 0) {
    const message = `Rules of ${into.name} may turn its rows away: ${list(rules, 4)}.`;
    report(finding('warning', 'target.rules', place, message, ['Drop them for the time of the run.']));
  }
  if (draft.merge!.onConflict !== 'update') return;
  const changing = new Set(
    pair.columns.map(({ mapping }) => mapping.target).filter((name) => !draft.merge!.key.includes(name)),
  );
  for (const other of target.tables) {
    for (const key of other.foreignKeys) {
      if (key.references.table !== into.name || !key.references.columns.some((name) => changing.has(name))) continue;
      if (key.onUpdate === 'no action' || key.onUpdate === 'restrict') continue;
      const message = `Updating ${into.name} would change rows of ${other.name} too (foreign key ${key.name}, ON UPDATE ${key.onUpdate.toUpperCase()}).`;
      report(
        finding('blocker', 'target.cascades', { ...place, object: key.name }, message, [
          `Leave out ${key.references.columns.join(', ')}, or leave rows alone that stand there already.`,
        ]),
      );
    }
  }
}

function reportConflicts({ source }: TablePair, into: Table, draft: Draft, context: Context): void {
  const { merge, existing } = draft;
  const { conflicts, onConflict, key } = merge!;
  const place = { side: 'target', table: into.name } as const;
  const standing = `${into.name} (${many(existing?.rows ?? 0, 'row')} now)`;
  if (conflicts !== null && conflicts > 0 && onConflict === 'fail') {
    const remedies: Remedy[] = [
      {
        text: 'Choose --mode upsert to update the rows that stand there.',
        change: { kind: 'mode', table: source.name, mode: 'upsert' },
      },
      { text: 'Leave these rows out with a filter.' },
    ];
    const message = `${many(conflicts, 'row')} of ${sourceWords(draft)} ${conflicts === 1 ? 'has' : 'have'} a key (${key.join(', ')}) that stands in ${into.name} already.`;
    context.report(finding('blocker', 'target.key-stands', place, message, remedies, String(conflicts)));
    return;
  }
  const adds = aboutMany(Math.max(0, estimateOf(draft).rows - (conflicts ?? 0)), 'row');
  context.report(finding('note', 'target.merged', place, `Adds ${adds} to ${standing}; ${conflictWords()}.`));

  function conflictWords(): string {
    const [one, those] = {
      update: ['is updated', 'are updated'],
      skip: ['is left as it is', 'are left as they are'],
      fail: ['', ''],
    }[onConflict];
    if (conflicts === 0)
      return merge!.keyHandedOut ? `it hands out ${key.join(', ')}` : 'none of their keys stands there already';
    if (conflicts !== null) {
      const rows = conflicts === 1 ? 'row has' : 'rows have';
      return `${count(conflicts)} ${rows} a key that stands there already and ${conflicts === 1 ? one : those}`;
    }
    return onConflict === 'fail'
      ? 'a key that stands there already refuses all of them'
      : `rows whose key stands there already ${those}`;
  }
}

/** Where the target can't do both in one act. */
function reportMixed(drafts: readonly Draft[], { targetCan, target, report }: Context): void {
  if (targetCan.mergesBesideReplacing || !drafts.some(({ merge }) => merge)) return;
  for (const { target: table, merge, existing } of drafts) {
    if (merge || !existing) continue;
    const message = `${target.server.variant} can't replace ${table.name} in the same act in which rows are added to other tables.`;
    report(
      finding('blocker', 'target.mixed-modes', { side: 'target', table: table.name }, message, [
        'Make two projects of it: one that replaces tables, and one that adds rows.',
      ]),
    );
  }
}
