// Findings on structure: what a table gains or loses by moving, beyond what planning each part has told already.

import type { TargetTable } from '../../../shared/model/plan.ts';
import { type Context, finding } from '../context.ts';
import { listed, type TablePair } from '../reconcile.ts';

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
  reportUniqueCase(pair, target, context);
  reportKeyLength(pair, target, context);
  reportRowLength(pair, target, context);
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

/** A family with prefix indexes refuses keys that could be too long; others refuse only values that are. */
function reportKeyLength(pair: TablePair, target: TargetTable, { report, targetCan }: Context): void {
  const { keyBytes, prefixIndexes } = targetCan;
  if (keyBytes === null || !prefixIndexes) return;
  const keys = [
    ...(target.primaryKey ? [{ ...target.primaryKey, prefixes: new Map<string, number>() }] : []),
    ...target.uniques.map((key) => ({ ...key, prefixes: new Map<string, number>() })),
    ...target.indexes
      .filter((index) => index.method === 'btree')
      .map((index) => ({
        name: index.name,
        columns: index.parts.flatMap((part) => part.column ?? []),
        prefixes: new Map(index.parts.flatMap((part) => (part.prefix ? [[part.column ?? '', part.prefix]] : []))),
      })),
  ];
  for (const key of keys) {
    const bytes = key.columns.map((name) => widestBytes(name, target, key.prefixes.get(name)));
    const sum = bytes.reduce((total, each) => total + each, 0);
    if (sum <= keyBytes) continue;
    const culprits = key.columns.filter((_, i) => bytes[i]! > 64);
    report(
      finding(
        'blocker',
        'structure.key-too-long',
        { side: 'source', table: pair.source.name, object: key.name },
        `The key ${key.name} of ${pair.source.name} can be ${Number.isFinite(sum) ? `${sum} bytes` : 'of any length'}; the target takes ${keyBytes} bytes.`,
        [
          `Give ${listed(culprits)} a bounded type, such as varchar(255).`,
          'Skip a column of the key to leave the key out.',
        ],
      ),
    );
  }
}

function reportRowLength(pair: TablePair, target: TargetTable, { report, targetCan }: Context): void {
  const { rowBytes } = targetCan;
  if (rowBytes === null) return;
  const bytes = target.columns.map((column) => {
    const size = widestBytes(column.name, target);
    // Large objects count for a pointer.
    return Number.isFinite(size) && size <= rowBytes ? size : 12;
  });
  const sum = bytes.reduce((total, each) => total + each, 0);
  if (sum <= rowBytes) return;
  const longest = target.columns.toSorted((a, b) => widestBytes(b.name, target) - widestBytes(a.name, target))[0]!;
  report(
    finding(
      'blocker',
      'structure.row-too-long',
      { side: 'source', table: pair.source.name },
      `A row of ${pair.source.name} can be ${sum} bytes without large texts; the target takes ${rowBytes}.`,
      [`Give long columns such as ${longest.name} an unbounded text type.`],
    ),
  );
}

const UTF8_BYTES = 4;

function widestBytes(name: string, target: TargetTable, prefix?: number): number {
  const logical = target.columns.find((column) => column.name === name)?.logical;
  switch (logical?.kind) {
    case 'text': {
      const length = prefix ?? logical.length;
      return length === null ? Number.POSITIVE_INFINITY : length * UTF8_BYTES;
    }
    case 'binary':
      return prefix ?? logical.length ?? Number.POSITIVE_INFINITY;
    case 'json':
    case 'array':
    case 'geometry':
      return Number.POSITIVE_INFINITY;
    default:
      return 16;
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
