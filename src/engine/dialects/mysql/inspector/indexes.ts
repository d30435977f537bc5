// Primary keys, unique keys and secondary indexes of all tables.

import type { Index, IndexPart, Key } from '../../../../shared/model/catalog.ts';
import { byText } from '../../ordered.ts';
import type { Link, Row } from '../connection.ts';
import { plainExpression } from '../expression-text.ts';

export interface Indexes {
  readonly primaryKeys: ReadonlyMap<string, Key>;
  readonly uniques: ReadonlyMap<string, Key[]>;
  readonly indexes: ReadonlyMap<string, Index[]>;
}

export async function readIndexes(link: Link): Promise<Indexes> {
  const expression = link.server.variant === 'MySQL' ? 's.EXPRESSION' : 'NULL';
  const rows = await link.query(
    `SELECT s.TABLE_NAME AS tab, s.INDEX_NAME AS name, s.NON_UNIQUE AS repeats, s.COLUMN_NAME AS col,
       s.SUB_PART AS prefix, s.COLLATION AS direction, s.INDEX_TYPE AS method, ${expression} AS expression
     FROM information_schema.STATISTICS s WHERE s.TABLE_SCHEMA = ?
     ORDER BY s.SEQ_IN_INDEX`,
    [link.database],
  );
  const primaryKeys = new Map<string, Key>();
  const uniques = new Map<string, Key[]>();
  const indexes = new Map<string, Index[]>();
  for (const group of grouped(byText(rows, 'tab', 'name'))) {
    const first = group[0]!;
    const table = String(first.tab);
    const name = String(first.name);
    const unique = Number(first.repeats) === 0;
    const method = String(first.method).toLowerCase();
    const parts = group.map((row) => partOf(row, method, link));
    const columns = plainColumns(parts);
    if (name === 'PRIMARY' && columns) primaryKeys.set(table, { name, columns });
    else if (unique && columns) push(uniques, table, { name, columns });
    else push(indexes, table, { name, unique, parts, method, where: null, include: [], nullsNotDistinct: false });
  }
  return { primaryKeys, uniques, indexes };
}

function partOf(row: Row, method: string, { server }: Link): IndexPart {
  const expression = row.expression == null ? null : plainExpression(String(row.expression), server.variant);
  // A spatial index states a length that nobody chose.
  const prefix = row.prefix === null || method === 'spatial' || method === 'fulltext' ? null : Number(row.prefix);
  return { column: row.col === null ? null : String(row.col), expression, prefix, descending: row.direction === 'D' };
}

/** The columns of a key; null when a part is more than a whole ascending column. */
function plainColumns(parts: readonly IndexPart[]): string[] | null {
  const columns = parts.flatMap((part) =>
    part.column !== null && part.prefix === null && !part.descending ? [part.column] : [],
  );
  return columns.length === parts.length ? columns : null;
}

function* grouped(rows: readonly Row[]): Iterable<Row[]> {
  let group: Row[] = [];
  for (const row of rows) {
    const last = group[0];
    if (last && (last.tab !== row.tab || last.name !== row.name)) {
      yield group;
      group = [];
    }
    group.push(row);
  }
  if (group.length > 0) yield group;
}

function push<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
