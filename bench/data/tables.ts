// What a table of the benchmark is, and the DDL that makes it in each family.

import type { Family } from '../../src/shared/model/connection.ts';

export type Types = Readonly<Record<Family, string>>;

export interface BenchTable {
  readonly name: string;
  /** The first column is the primary key. */
  readonly columns: Readonly<Record<string, Types>>;
  readonly indexes: readonly { readonly name: string; readonly columns: readonly string[]; readonly unique: boolean }[];
  readonly references: { readonly column: string; readonly table: string } | null;
  readonly rows: number;
  /** The rows as lines of COPY text, which MySQL's LOAD DATA reads as well. The same lines every time. */
  lines(): Iterable<string>;
}

export interface DataSet {
  readonly name: string;
  readonly tables: readonly BenchTable[];
}

/** The tables alone; with primary keys where adding them later would rewrite the table. */
export function createTables(set: DataSet, family: Family): string[] {
  return set.tables.map((table) => {
    const parts = Object.entries(table.columns).map(([name, types]) => `${name} ${types[family]}`);
    const { references } = table;
    // SQLite can't add a foreign key to a table that exists.
    if (references && family === 'sqlite') {
      parts.push(`FOREIGN KEY (${references.column}) REFERENCES ${references.table} (id)`);
    }
    return `CREATE TABLE ${table.name} (${parts.join(', ')})`;
  });
}

/** Keys, indexes and foreign keys, once the rows are there; one statement a table where the family allows it. */
export function createStructure(set: DataSet, family: Family): string[] {
  switch (family) {
    case 'postgres':
      return [
        ...set.tables.map(({ name }) => `ALTER TABLE ${name} ADD PRIMARY KEY (id)`),
        ...set.tables.flatMap(createIndexes),
        ...set.tables.flatMap(({ name, references }) =>
          references
            ? [
                `ALTER TABLE ${name} ADD CONSTRAINT ${name}_fk FOREIGN KEY (${references.column}) REFERENCES ${references.table} (id)`,
              ]
            : [],
        ),
      ];
    case 'mysql':
      return set.tables.flatMap(alterTable);
    case 'sqlite':
      return set.tables.flatMap(createIndexes);
  }
}

function createIndexes({ name, indexes }: BenchTable): string[] {
  return indexes.map(
    (index) => `CREATE ${index.unique ? 'UNIQUE ' : ''}INDEX ${index.name} ON ${name} (${index.columns.join(', ')})`,
  );
}

function alterTable({ name, indexes, references }: BenchTable): string[] {
  const parts = indexes.map(
    (index) => `ADD ${index.unique ? 'UNIQUE ' : ''}INDEX ${index.name} (${index.columns.join(', ')})`,
  );
  if (references) {
    parts.push(`ADD CONSTRAINT ${name}_fk FOREIGN KEY (${references.column}) REFERENCES ${references.table} (id)`);
  }
  return parts.length > 0 ? [`ALTER TABLE ${name} ${parts.join(', ')}`] : [];
}

export function rowsOf(set: DataSet): number {
  return set.tables.reduce((sum, { rows }) => sum + rows, 0);
}
