// Defaults and literals in SQLite's words.

import type { ColumnDefault } from '../../../shared/model/catalog.ts';
import type { LogicalType } from '../../../shared/model/logical-type.ts';
import { literal } from './syntax.ts';

/** A random UUID of version 4; SQLite has no function for it. */
export const UUID_SQL =
  "lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || " +
  "substr('89ab', 1 + (abs(random()) % 4), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))";

export function defaultSql(value: ColumnDefault | null, logical: LogicalType): string | null {
  if (value === null) return null;
  switch (value.kind) {
    case 'literal':
      return literalSql(value.value, logical);
    case 'now':
      return nowSql(logical);
    case 'today':
      return logical.kind === 'date' || logical.kind === 'text' ? 'CURRENT_DATE' : null;
    case 'uuid':
      return `(${UUID_SQL})`;
    case 'expression':
      return `(${value.sql})`;
  }
}

function literalSql(value: string, logical: LogicalType): string | null {
  switch (logical.kind) {
    case 'boolean':
      return /^(1|t|true|y|yes|on)$/i.test(value) ? '1' : /^(0|f|false|n|no|off)$/i.test(value) ? '0' : null;
    case 'integer':
    case 'decimal':
    case 'float':
      return /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/.test(value) ? value : null;
    case 'binary':
      return `x'${Buffer.from(value, 'utf8').toString('hex')}'`;
    default:
      return literal(value);
  }
}

/** In UTC, as all of SQLite's own clock readings are. */
function nowSql(logical: LogicalType): string | null {
  switch (logical.kind) {
    case 'timestamp':
    case 'text':
      return 'CURRENT_TIMESTAMP';
    case 'date':
      return 'CURRENT_DATE';
    case 'time':
      return 'CURRENT_TIME';
    default:
      return null;
  }
}
