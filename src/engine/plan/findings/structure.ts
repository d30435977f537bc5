// Findings on structure: what a table gains or loses by moving, beyond what planning each part has told already.

import { list } from '../../../shared/format.ts';
import type { TargetTable } from '../../../shared/model/plan.ts';
import { collationOf, comparesTexts } from '../columns.ts';
import { type Context, finding } from '../context.ts';
import { listed, type TablePair } from '../reconcile.ts';
import { reportKeyLength, reportPageUse, reportRowLength } from './lengths.ts';

/** Tables are locked or labelled by whoever reads them: their rows do not stand still in a snapshot. */
const WITHOUT_SNAPSHOT = /^(myisam|aria|memory|csv|archive|merge)$/i;

export function reportStructure(pair: TablePair, target: TargetTable, context: Context): void {
  const { source } = pair;
  const at = { side: 'source', table: source.name } as const;
  const { report, targetCan } = context;

  if (source.kind === 'partitioned') {
    report(
      finding('note', 'structure.partitions', at, `${source.name} is partitioned; the target gets one plain table.`),
    );
  }
  if (source.engine !== null && WITHOUT_SNAPSHOT.test(source.engine)) {
    report(
      finding(
        'warning',
        'source.no-snapshot',
        at,
        `${source.name} is a ${source.engine} table, which takes no part in a consistent snapshot.`,
        ['Let nobody write to it during the run.'],
      ),
    );
  }
  if (!targetCan.comments && (source.comment !== null || source.columns.some((column) => column.comment !== null))) {
    report(
      finding('note', 'structure.comments', at, `The comments on ${source.name} are not carried: the target has none.`),
    );
  }
  if (target.primaryKey === null && target.uniques.length === 0) {
    report(
      finding('note', 'structure.no-key', at, `${source.name} has no key; differences can only be told by whole rows.`),
    );
  }
  reportCollations(pair, context);
  reportExtras(pair, context);
  reportUniqueCase(pair, target, context);
  reportKeyLength(pair, target, context);
  reportRowLength(pair, target, context);
  reportPageUse(pair, target, context);
}

/** How rows are stored is another matter in another family. */
function reportExtras({ source }: TablePair, { sameFamily, report }: Context): void {
  const lost = (source.extras ?? []).filter(({ physical }) => sameFamily || !physical).map(({ what }) => what);
  if (lost.length === 0) return;
  const place = { side: 'source', table: source.name } as const;
  report(
    finding('note', 'structure.not-carried', place, `${source.name} arrives without ${list(lost, 12)}.`, [
      'See to it by hand after the run, if the target shall have it.',
    ]),
  );
}

/** Within a family a collation is missed; others compare by rules of their own anyway. */
function reportCollations(pair: TablePair, context: Context): void {
  const lost = pair.columns.filter(
    (column) =>
      column.source.collation !== null && comparesTexts(column, context) && collationOf(column, context) === null,
  );
  if (lost.length === 0) return;
  const words = lost.map(({ source }) => `${source.name} (${source.collation})`);
  const place = { side: 'source', table: pair.source.name } as const;
  const message = `${pair.source.name} gets the target's own choice of collation for ${listed(words)}.`;
  const remedies = ['Texts are found and sorted by it; name another behind the type of the column, if it matters.'];
  context.report(finding('note', 'structure.collation', place, message, remedies));
}

/** Uniqueness that took `a` and `A` for one is weaker where they are two. */
function reportUniqueCase(pair: TablePair, target: TargetTable, { report, targetCan }: Context): void {
  if (!targetCan.caseSensitiveByDefault) return;
  const unique = uniqueColumns(target);
  const folded = pair.columns.filter(
    ({ mapping, source, targetLogical }) =>
      source.caseSensitive === false && targetLogical.kind === 'text' && unique.has(mapping.target),
  );
  for (const { mapping, source } of folded) {
    report(
      finding(
        'warning',
        'structure.unique-case',
        { side: 'source', table: pair.source.name, column: source.name },
        `${pair.source.name}.${source.name} is unique without regard to case in the source; the target tells a from A.`,
        [`Add a unique index on lower(${mapping.target}) in the target if this matters.`],
      ),
    );
  }
}

function uniqueColumns(target: TargetTable): ReadonlySet<string> {
  return new Set([
    ...(target.primaryKey?.columns ?? []),
    ...target.uniques.flatMap((key) => key.columns),
    ...target.indexes
      .filter((index) => index.unique)
      .flatMap((index) => index.parts.flatMap((part) => part.column ?? [])),
  ]);
}
