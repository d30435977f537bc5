// Tables as SQLite's statements. Almost everything must be said when a table is made: nothing can be added later.

import type { Statement, TargetColumn, TargetTable } from '../../../shared/model/plan.ts';
import type { Ddl } from '../ddl.ts';
import type { RunIdentity } from '../session.ts';
import { defaultSql } from './default-sql.ts';
import { madeUpName, physicalName, stagedIndex } from './names.ts';
import { literal, quote } from './syntax.ts';
import { split } from './type-parse.ts';

export const ddl: Ddl = {
  quote,
  defaultSql,

  create(table, _server, staging) {
    const lines = [
      ...table.columns.map((column) => columnSql(column, table)),
      ...keySql(table),
      ...table.uniques.map(
        (key) => `${constraint(key.name, madeUpName('uq', table.name, key.columns))}UNIQUE ${names(key.columns)}`,
      ),
      ...table.checks.map(
        ({ name, expression }, i) => `${constraint(name, madeUpName('ck', table.name, [i + 1]))}CHECK (${expression})`,
      ),
      ...table.foreignKeys.map((key) => foreignKeySql(key, table.name)),
    ];
    const name = physicalName({ name: table.name, staging });
    return [
      {
        sql: `CREATE TABLE ${quote(name)} (\n${lines.map((line) => `  ${line}`).join(',\n')}\n)`,
        purpose: `create table ${table.name}`,
      },
    ];
  },

  createAlike(table, server, staging) {
    return ddl.create(table, server, staging);
  },

  settle: () => [],

  index(table, _server, staging) {
    return table.indexes.map((index) => ({
      sql: indexSql(table, index, staging),
      purpose: `create index ${index.name} on ${table.name}`,
    }));
  },

  /** The keys were made with the table: what is left is to look for rows that they lead nowhere, as publishing will. */
  relate(table, _server, staging) {
    return staging ? table.foreignKeys.map((key) => orphanQuestion(key, table, staging)) : [];
  },

  pageUse: () => null,

  resetIdentity(table, _server, staging) {
    const column = identityOf(table);
    if (!column || !split(column.native).autoincrement) return [];
    const name = physicalName({ name: table.name, staging });
    return sequenceSql(name, column, table.name);
  },
};

function columnSql(column: TargetColumn, table: TargetTable): string {
  const { declared, autoincrement, collation: written } = split(column.native);
  const collation = written ?? column.collation ?? null;
  const isRowid = column === identityOf(table);
  const parts = [quote(column.name), isRowid ? 'INTEGER' : declared];
  if (!column.nullable) parts.push('NOT NULL');
  if (isRowid) {
    parts.push(`${constraint(table.primaryKey!.name, madeUpName('pk', table.name, []))}PRIMARY KEY`);
    if (autoincrement) parts.push('AUTOINCREMENT');
  }
  if (column.generated) {
    parts.push(
      `GENERATED ALWAYS AS (${column.generated.expression}) ${column.generated.stored ? 'STORED' : 'VIRTUAL'}`,
    );
  } else {
    const value = defaultSql(column.default, column.logical);
    if (value !== null) parts.push(`DEFAULT ${value}`);
  }
  if (collation !== null) parts.push(`COLLATE ${/^\w+$/.test(collation) ? collation : quote(collation)}`);
  return parts.filter((part) => part !== '').join(' ');
}

/** The one column whose numbers SQLite hands out: the rowid under a name. */
function identityOf({ columns, primaryKey }: TargetTable): TargetColumn | null {
  if (primaryKey?.columns.length !== 1) return null;
  return columns.find((column) => column.identity && column.name === primaryKey.columns[0]) ?? null;
}

function keySql(table: TargetTable): string[] {
  const { primaryKey } = table;
  if (!primaryKey || identityOf(table)) return [];
  return [`${constraint(primaryKey.name, madeUpName('pk', table.name, []))}PRIMARY KEY ${names(primaryKey.columns)}`];
}

function foreignKeySql(key: TargetTable['foreignKeys'][number], of: string): string {
  const actions = [
    key.onUpdate === 'no action' ? '' : ` ON UPDATE ${key.onUpdate.toUpperCase()}`,
    key.onDelete === 'no action' ? '' : ` ON DELETE ${key.onDelete.toUpperCase()}`,
    key.deferrable ? ' DEFERRABLE INITIALLY DEFERRED' : '',
  ].join('');
  // Always the final name: it is what stands there once the tables are published.
  const { table, columns } = key.references;
  return `${constraint(key.name, madeUpName('fk', of, key.columns))}FOREIGN KEY ${names(key.columns)} REFERENCES ${quote(table)} ${names(columns)}${actions}`;
}

function orphanQuestion(key: TargetTable['foreignKeys'][number], table: TargetTable, staging: RunIdentity): Statement {
  const { columns, references } = key;
  const child = physicalName({ name: table.name, staging });
  const parent = physicalName({ name: references.table, staging: references.schema === null ? staging : null });
  const given = columns.map((column) => `c.${quote(column)} IS NOT NULL`);
  const match = columns.map((column, i) => `p.${quote(references.columns[i]!)} = c.${quote(column)}`);
  const [from, to] = [columns[0]!, references.columns[0]!];
  const gate = columns.length === 1 ? unlessGapless({ table: child, column: from }, { table: parent, column: to }) : '';
  return {
    sql:
      `SELECT 1 FROM ${gate}main.${quote(child)} AS c WHERE ${given.join(' AND ')}` +
      ` AND NOT EXISTS (SELECT 1 FROM main.${quote(parent)} AS p WHERE ${match.join(' AND ')}) LIMIT 1`,
    purpose: `look for rows of ${table.name} without their row in ${references.table}`,
    refuses: `${table.name} has rows whose ${columns.join(', ')} is not in ${references.table}, so its foreign key can't hold.`,
  };
}

/**
 * No row, and so none to join with, where the ends of both sides say that there is no orphan: where parents are numbered
 * without a gap, which only a column that is the rowid itself proves. Half of the time that looking for each parent takes.
 */
function unlessGapless(child: ColumnOf, parent: ColumnOf): string {
  const [c, key] = [quote(child.column), quote(parent.column)];
  const parents = `main.${quote(parent.table)}`;
  const end = (which: string) => `(SELECT ${which}(${key}) FROM ${parents})`;
  const gapless = `(SELECT count(*) = max(${key}) - min(${key}) + 1 FROM ${parents})`;
  const beyond =
    `SELECT 1 FROM main.${quote(child.table)} WHERE ${c} IS NOT NULL` +
    ` AND NOT (typeof(${c}) = 'integer' AND ${c} BETWEEN ${end('min')} AND ${end('max')})`;
  // Without parents there are no ends, which is neither true nor false.
  return `(SELECT 1 WHERE (${isRowid(parent)} AND ${gapless} AND NOT EXISTS (${beyond})) IS NOT TRUE) CROSS JOIN `;
}

/** As `rowidAlias` finds it, for a table that may not be there yet. */
function isRowid({ table, column }: ColumnOf): string {
  const name = literal(table);
  return (
    `(SELECT sum(name = ${literal(column)} COLLATE NOCASE AND type = 'INTEGER' COLLATE NOCASE) = count(*)` +
    ` FROM pragma_table_info(${name}) WHERE pk > 0)` +
    ` AND NOT EXISTS (SELECT 1 FROM pragma_index_list(${name}) WHERE origin = 'pk')`
  );
}

interface ColumnOf {
  /** As it stands in the file. */
  readonly table: string;
  readonly column: string;
}

function indexSql(table: TargetTable, index: TargetTable['indexes'][number], staging: RunIdentity | null): string {
  const name = staging ? stagedIndex(staging, table.name, index.name) : index.name;
  const parts = index.parts.map(({ column, expression, prefix, descending }) => {
    // Only a unique index says anything about the values that a prefix would change.
    const cut = column !== null && prefix !== null && index.unique;
    const what = column === null ? `(${expression})` : cut ? `substr(${quote(column)}, 1, ${prefix})` : quote(column);
    return descending ? `${what} DESC` : what;
  });
  const where = index.where === null ? '' : ` WHERE ${index.where}`;
  const on = quote(physicalName({ name: table.name, staging }));
  return `CREATE ${index.unique ? 'UNIQUE ' : ''}INDEX ${quote(name)} ON ${on} (${parts.join(', ')})${where}`;
}

/** Loading numbers explicitly has moved the sequence along; an empty table needs a row of its own. */
function sequenceSql(name: string, column: TargetColumn, table: string): Statement[] {
  const purpose = `set the next number of ${table}`;
  return [
    {
      sql: `INSERT INTO sqlite_sequence (name, seq) SELECT ${literal(name)}, 0
        WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = ${literal(name)})`,
      purpose,
    },
    {
      sql: `UPDATE sqlite_sequence SET seq = max(seq, (SELECT coalesce(max(${quote(column.name)}), 0) FROM ${quote(name)}), ${lastGiven(column)})
        WHERE name = ${literal(name)}`,
      purpose,
    },
  ];
}

/** The number before the source's next one, as far as 64 bits reach. */
function lastGiven({ identity }: TargetColumn): string {
  const last = BigInt(identity?.next ?? 1) - 1n;
  return BigInt.asIntN(64, last) === last ? last.toString() : '0';
}

function constraint(name: string, madeUp: string): string {
  return name === madeUp ? '' : `CONSTRAINT ${quote(name)} `;
}

function names(columns: readonly string[]): string {
  return `(${columns.map(quote).join(', ')})`;
}
