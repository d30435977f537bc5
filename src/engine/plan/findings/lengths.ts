// Findings on keys and rows that are longer than the target takes, with the column whose type would mend it.

import type { Remedy } from '../../../shared/model/finding.ts';
import type { LogicalType } from '../../../shared/model/logical-type.ts';
import type { TargetTable } from '../../../shared/model/plan.ts';
import { type Context, finding } from '../context.ts';
import { type ColumnPair, listed, pairColumn, type TablePair } from '../reconcile.ts';
import { judgeColumn } from './judging.ts';

/** A family with prefix indexes refuses keys that could be too long; others refuse only values that are. */
export function reportKeyLength(pair: TablePair, target: TargetTable, context: Context): void {
  const { keyBytes, prefixIndexes } = context.targetCan;
  if (keyBytes === null || !prefixIndexes) return;
  for (const { name, columns, prefixes } of keysOf(target)) {
    const types = new Map(columns.map((column) => [column, typeIn(target, column)]));
    const sum = keyLength(types, prefixes);
    if (sum <= keyBytes) continue;
    const culprits = columns.filter((column) => widestBytes(types.get(column), prefixes.get(column)) > 64);
    const bounded = culprits.flatMap((column) =>
      retyped(
        column,
        true,
        (type) => keyLength(new Map([...types, [column, type]]), prefixes) <= keyBytes,
        pair,
        context,
      ),
    );
    const remedies = [
      ...bounded,
      ...(bounded.length > 0 ? [] : [`Give ${listed(culprits)} a bounded type, such as varchar(255).`]),
      ...leftOut(culprits[0], pair),
    ];
    context.report(
      finding(
        'blocker',
        'structure.key-too-long',
        { side: 'source', table: pair.source.name, object: name },
        `The key ${name} of ${pair.source.name} can be ${Number.isFinite(sum) ? `${sum} bytes` : 'of any length'}; the target takes ${keyBytes} bytes.`,
        remedies,
      ),
    );
  }
}

export function reportRowLength(pair: TablePair, target: TargetTable, context: Context): void {
  const { rowBytes } = context.targetCan;
  if (rowBytes === null) return;
  // Large objects count for a pointer.
  const inRow = (type: LogicalType | undefined): number => {
    const size = widestBytes(type);
    return Number.isFinite(size) && size <= rowBytes ? size : 12;
  };
  const sum = target.columns.reduce((total, { logical }) => total + inRow(logical), 0);
  if (sum <= rowBytes) return;
  const longest = target.columns.toSorted((a, b) => inRow(b.logical) - inRow(a.logical));
  const [first] = longest;
  const unbounded = retyped(
    first!.name,
    false,
    (type) => sum - inRow(first!.logical) + inRow(type) <= rowBytes,
    pair,
    context,
  );
  const remedies =
    unbounded.length > 0 ? unbounded : [`Give long columns such as ${first!.name} an unbounded text type.`];
  context.report(
    finding(
      'blocker',
      'structure.row-too-long',
      { side: 'source', table: pair.source.name },
      `A row of ${pair.source.name} can be ${sum} bytes without large texts; the target takes ${rowBytes}.`,
      remedies,
    ),
  );
}

/** Not a blocker: a server may have larger pages, or be set to only warn. */
export function reportPageUse(
  { source }: TablePair,
  table: TargetTable,
  { targetDialect, target, report }: Context,
): void {
  const use = targetDialect.ddl.pageUse(table, target.server);
  if (!use || use.bytes <= use.most) return;
  const lighter =
    use.heaviest.length > 0 ? [`Give ${listed(use.heaviest)} a type for large values, such as text.`] : [];
  report(
    finding(
      'warning',
      'structure.page-too-small',
      { side: 'source', table: source.name },
      `A row of ${source.name} can take ${use.bytes} bytes of a page; the target takes ${use.most} where its pages are of the usual size, and else refuses the table.`,
      [...lighter, 'Leave out columns, or move the rest to a second table.'],
    ),
  );
}

/** The column as a text or as bytes, bounded for a key or without bound, where that mends it and holds every value. */
function retyped(
  name: string,
  keyed: boolean,
  mends: (type: LogicalType) => boolean,
  pair: TablePair,
  context: Context,
): Remedy[] {
  const column = pair.columns.find(({ mapping }) => mapping.target === name)!;
  const kind = column.targetLogical.kind === 'binary' ? 'binary' : 'text';
  const facts = { answers: context.profile[pair.source.name]?.[column.source.name] ?? {}, keyed, identity: false };
  const { types } = context.targetDialect;
  const type = types.propose({ kind, length: null, fixed: false }, facts, context.target.server).native;
  const parsed = types.parse(type);
  if (!parsed || !mends(parsed) || !holds(type, column, pair, context)) return [];
  const at = { table: pair.source.name, column: column.source.name };
  return [{ text: `Make ${at.table}.${at.column} ${type}.`, change: { kind: 'type', ...at, type } }];
}

function holds(type: string, { mapping }: ColumnPair, pair: TablePair, context: Context): boolean {
  const changed = pairColumn({ ...mapping, type }, pair.mapping, pair.source, context);
  return judgeColumn(pair, changed, context).every(({ severity }) => severity !== 'blocker');
}

function leftOut(name: string | undefined, pair: TablePair): Remedy[] {
  const column = pair.columns.find(({ mapping }) => mapping.target === name)?.source.name;
  if (column === undefined || pair.columns.length < 2) return [];
  const change = { kind: 'skip column', table: pair.source.name, column } as const;
  return [{ text: `Leave out ${column}, and the key with it.`, change }];
}

interface TargetKey {
  readonly name: string;
  readonly columns: readonly string[];
  readonly prefixes: ReadonlyMap<string, number>;
}

function keysOf(target: TargetTable): TargetKey[] {
  const whole = new Map<string, number>();
  return [
    ...(target.primaryKey ? [{ ...target.primaryKey, prefixes: whole }] : []),
    ...target.uniques.map((key) => ({ ...key, prefixes: whole })),
    ...target.indexes
      .filter((index) => index.method === 'btree')
      .map((index) => ({
        name: index.name,
        columns: index.parts.flatMap((part) => part.column ?? []),
        prefixes: new Map(index.parts.flatMap((part) => (part.prefix ? [[part.column ?? '', part.prefix]] : []))),
      })),
  ];
}

function keyLength(types: ReadonlyMap<string, LogicalType | undefined>, prefixes: ReadonlyMap<string, number>): number {
  return [...types].reduce((total, [name, type]) => total + widestBytes(type, prefixes.get(name)), 0);
}

function typeIn(target: TargetTable, name: string): LogicalType | undefined {
  return target.columns.find((column) => column.name === name)?.logical;
}

const UTF8_BYTES = 4;

function widestBytes(logical: LogicalType | undefined, prefix?: number): number {
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
