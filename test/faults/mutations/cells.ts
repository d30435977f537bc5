// Cells of a target as it holds them, and the literals that put exactly such a value back: by the family's own words.

import type { LogicalType } from '../../../src/shared/model/logical-type.ts';
import type { Client } from '../../support/client.ts';
import type { Name } from '../servers.ts';

/** `kind` of SQLite's own storage; on servers the column's type decides. */
export interface Cell {
  readonly text: string;
  readonly stored: string;
}

export interface Row {
  readonly key: readonly string[];
  readonly cell: Cell | null;
}

/** All rows of a table, in the order of its key; `v` is the column that is changed. */
export async function readRows(
  client: Client,
  family: Name,
  { table, key, type }: { readonly table: string; readonly key: readonly string[]; readonly type: LogicalType },
): Promise<Row[]> {
  const keys = key.map((column) => `${column}, `).join('');
  const order = key.length > 0 ? ` ORDER BY ${key.join(', ')}` : '';
  const rows = await client.ask(`SELECT ${keys}${TEXT[family](type)}, ${STORED[family]} FROM ${table}${order}`);
  return rows.map((row) => {
    const [stored, text] = [row.at(-1)!, row.at(-2)!];
    return { key: row.slice(0, -2).map(String), cell: text === null ? null : { text, stored: String(stored) } };
  });
}

export function literalOf(family: Name, type: LogicalType, { text, stored }: Cell): string {
  const quoted = `'${(family === 'mariadb' ? text.replaceAll('\\', '\\\\') : text).replaceAll("'", "''")}'`;
  switch (family) {
    case 'postgres':
      return type.kind === 'binary' ? `'\\x${text}'` : quoted;
    case 'mariadb':
      if (type.kind === 'binary') return `x'${text}'`;
      if (type.kind === 'bit') return `b'${text}'`;
      return type.kind === 'float' ? text : quoted;
    case 'sqlite':
      if (stored === 'blob') return `x'${text}'`;
      return stored === 'integer' || stored === 'real' ? text : quoted;
  }
}

const TEXT: Readonly<Record<Name, (type: LogicalType) => string>> = {
  postgres: ({ kind }) => (kind === 'binary' ? "encode(v, 'hex')" : 'v::text'),
  mariadb: (type) => {
    if (type.kind === 'binary') return 'LOWER(HEX(v))';
    if (type.kind === 'bit') return `LPAD(BIN(v + 0), ${type.length ?? 1}, '0')`;
    return type.kind === 'float' ? 'v + 0e0' : 'v';
  },
  sqlite: () => "CASE WHEN typeof(v) = 'blob' THEN lower(hex(v)) ELSE v END",
};

const STORED: Readonly<Record<Name, string>> = { postgres: "''", mariadb: "''", sqlite: 'typeof(v)' };
