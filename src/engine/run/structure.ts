// Structure parity: what the plan promised of a table, against what the target's catalogue shows.

import type { Catalog, Column, Table } from '../../shared/model/catalog.ts';
import type { TablePlan, TargetTable } from '../../shared/model/plan.ts';
import type { Merged, StructureCheck, TableReport } from '../../shared/model/report.ts';
import type { Types } from '../dialects/ddl.ts';
import { integerBounds } from '../pipeline/fields/numbers.ts';

/** One check for each promise; `highest` holds the largest value of columns where it is known; all of them equal means the structure was carried as planned. */
export function compareStructure(
  planned: TargetTable,
  catalog: Catalog,
  types: Types,
  highest: ReadonlyMap<string, string>,
): StructureCheck[] {
  const table = catalog.tables.find((candidate) => candidate.name === planned.name);
  if (!table) return [check(`table ${planned.name}`, 'present', 'absent')];
  return [
    check(
      'columns',
      planned.columns.map((column) => column.name).join(', '),
      table.columns.map((column) => column.name).join(', '),
    ),
    ...nextNumbers(planned.columns, table, highest),
    ...planned.columns.flatMap((column) =>
      compareColumn(
        column,
        table.columns.find((each) => each.name === column.name),
        types,
      ),
    ),
    ...compareKeys(planned, table),
    ...comparePresence('index', planned.indexes.map(indexWords), [
      ...table.indexes.map(indexWords),
      ...table.uniques.map(uniqueAsIndex),
    ]),
    ...comparePresence('foreign key', planned.foreignKeys.map(foreignKeyWords), table.foreignKeys.map(foreignKeyWords)),
    check('checks', String(planned.checks.length), String(Math.min(table.checks.length, planned.checks.length))),
  ];
}

/** What the target recorded when rows went into a table must add up, also to what was verified before. */
export function compareMerged(
  { target, merge, lanes }: TablePlan,
  verified: TableReport | undefined,
  merged: Merged | undefined,
  catalog: Catalog,
): StructureCheck[] {
  const table = catalog.tables.find((candidate) => candidate.name === target.name);
  if (!table || !merged) return [check(`rows added to ${target.name}`, 'recorded', 'not recorded')];
  const { before, added, updated, skipped, removed, after } = merged;
  const highest = new Map(
    verified?.witnesses.flatMap(({ column, question, target: max }) =>
      question === 'max' && max !== null ? [[column, max] as const] : [],
    ),
  );
  const counting = lanes.flatMap((lane) =>
    merge!.identities.includes(lane.target)
      ? [{ name: lane.target, logical: lane.targetLogical, identity: { next: null } }]
      : [],
  );
  return [
    check('rows verified', String(verified?.targetRows ?? 0), String(added + updated + skipped)),
    check('rows before, and those added', String(before + added - removed), String(after)),
    ...nextNumbers(counting, table, highest),
  ];
}

/** An identity whose next number is taken already fails at the first insert, long after the migration. */
function nextNumbers(
  planned: readonly Counting[],
  found: Table,
  highest: ReadonlyMap<string, string>,
): StructureCheck[] {
  return planned.flatMap((column) => {
    const next = found.columns.find((each) => each.name === column.name)?.identity?.next;
    const max = highest.get(column.name);
    if (!column.identity || !next || max === undefined || isUsedUp(column, max)) return [];
    const ahead = BigInt(next) > BigInt(max);
    return [{ what: `next number of ${column.name}`, expected: `above ${max}`, actual: next, equal: ahead }];
  });
}

type Counting = Pick<TargetTable['columns'][number], 'name' | 'logical' | 'identity'>;

/** No number is left above the largest that the type can hold; the source had none either. */
function isUsedUp({ logical }: Counting, max: string): boolean {
  return logical.kind === 'integer' && BigInt(max) >= integerBounds(logical).max;
}

function compareColumn(
  planned: TargetTable['columns'][number],
  found: Column | undefined,
  types: Types,
): StructureCheck[] {
  if (!found) return [];
  const checks = [compareTypes(planned, found, types)];
  if (!planned.generated)
    checks.push(check(`nullability of ${planned.name}`, nullWords(planned.nullable), nullWords(found.nullable)));
  if (planned.identity)
    checks.push(check(`identity of ${planned.name}`, 'identity', found.identity ? 'identity' : 'none'));
  if (planned.generated)
    checks.push(check(`generated ${planned.name}`, 'generated', found.generated ? 'generated' : 'ordinary'));
  if (planned.default)
    checks.push(check(`default of ${planned.name}`, 'present', found.default || found.identity ? 'present' : 'absent'));
  return checks;
}

function compareKeys(planned: TargetTable, found: Table): StructureCheck[] {
  const uniques = [
    ...found.uniques.map((key) => key.columns.join(', ')),
    ...found.indexes.filter((index) => index.unique).map(partsWords),
  ];
  return [
    check(
      'primary key',
      planned.primaryKey?.columns.join(', ') ?? 'none',
      found.primaryKey?.columns.join(', ') ?? 'none',
    ),
    ...comparePresence(
      'unique',
      planned.uniques.map((key) => key.columns.join(', ')),
      uniques,
    ),
  ];
}

function comparePresence(what: string, planned: readonly string[], found: readonly string[]): StructureCheck[] {
  return planned.map((words) => check(`${what} ${words}`, 'present', found.includes(words) ? 'present' : 'absent'));
}

type AnyIndex = Table['indexes'][number];

function indexWords(index: AnyIndex): string {
  return `${index.unique ? 'unique ' : ''}(${partsWords(index)})`;
}

function partsWords(index: AnyIndex): string {
  return index.parts.map((part) => part.column ?? 'expression').join(', ');
}

function uniqueAsIndex(key: { columns: readonly string[] }): string {
  return `unique (${key.columns.join(', ')})`;
}

function foreignKeyWords(key: Table['foreignKeys'][number]): string {
  return `(${key.columns.join(', ')}) to ${key.references.table} (${key.references.columns.join(', ')})`;
}

/** By meaning: `int` and `int(11)` are one type. */
function compareTypes(planned: TargetTable['columns'][number], found: Column, types: Types): StructureCheck {
  const meaning = (native: string): string => JSON.stringify(types.parse(native) ?? native);
  return {
    what: `type of ${planned.name}`,
    expected: planned.native,
    actual: found.native,
    equal: meaning(planned.native) === meaning(found.native),
  };
}

function nullWords(nullable: boolean): string {
  return nullable ? 'nullable' : 'not null';
}

function check(what: string, expected: string, actual: string): StructureCheck {
  return { what, expected, actual, equal: expected === actual };
}
