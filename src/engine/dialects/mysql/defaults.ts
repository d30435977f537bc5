// Defaults: read from the catalogues of both products, and written as SQL.

import type { ColumnDefault } from '../../../shared/model/catalog.ts';
import type { Variant } from '../../../shared/model/connection.ts';
import type { LogicalType } from '../../../shared/model/logical-type.ts';
import { plainExpression } from './expression-text.ts';
import { literal } from './syntax.ts';
import { unescaped } from './type-parse.ts';

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** What COLUMN_DEFAULT shows. MariaDB quotes literals, MySQL marks expressions in EXTRA instead. */
export function parseDefault(
  shown: string | null,
  extra: string,
  variant: Variant,
  logical: LogicalType,
): ColumnDefault | null {
  if (shown === null) return null;
  const isExpression = variant === 'MariaDB' ? !isMariaLiteral(shown) : /\bDEFAULT_GENERATED\b/i.test(extra);
  if (!isExpression) return literalDefault(variant === 'MariaDB' ? mariaLiteral(shown) : shown, logical);
  if (variant === 'MariaDB' && /^null$/i.test(shown)) return null;
  const sql = plainExpression(shown, variant);
  const word = sql.toLowerCase().replace(/^\((.*)\)$/s, '$1');
  if (/^(current_timestamp|now|localtime|localtimestamp)(\(\d?\))?$/.test(word)) return { kind: 'now' };
  if (/^(curdate\(\)|current_date(\(\))?)$/.test(word)) return { kind: 'today' };
  if (word === 'uuid()') return { kind: 'uuid' };
  const quoted = /^'((?:[^'\\]|''|\\.)*)'$/s.exec(sql);
  if (quoted) return literalDefault(unescaped(quoted[1]!), logical);
  return { kind: 'expression', sql };
}

/** Null when the type has no such default. */
export function defaultSql(value: ColumnDefault | null, logical: LogicalType): string | null {
  if (value === null) return null;
  switch (value.kind) {
    case 'literal':
      return literalSql(value.value, logical);
    case 'now':
      return nowSql(logical);
    case 'today':
      return '(curdate())';
    case 'uuid':
      return '(uuid())';
    case 'expression':
      return `(${value.sql})`;
  }
}

function isMariaLiteral(shown: string): boolean {
  return /^'.*'$/s.test(shown) || NUMBER.test(shown) || /^b'[01]*'$/i.test(shown);
}

function mariaLiteral(shown: string): string {
  return /^'.*'$/s.test(shown) ? unescaped(shown.slice(1, -1)) : shown;
}

function literalDefault(value: string, logical: LogicalType): ColumnDefault {
  const bits = /^b'([01]*)'$/i.exec(value);
  if (bits) {
    if (logical.kind !== 'bit') return { kind: 'expression', sql: value };
    return { kind: 'literal', value: bits[1]!.padStart(logical.length ?? 1, '0') };
  }
  // MySQL shows the default of a binary column in hexadecimal.
  if (logical.kind === 'binary' && /^0x[0-9a-f]*$/i.test(value)) return { kind: 'expression', sql: value };
  return { kind: 'literal', value };
}

function literalSql(value: string, logical: LogicalType): string | null {
  switch (logical.kind) {
    case 'boolean':
      if (/^(1|t|true|y|yes|on)$/i.test(value)) return '1';
      return /^(0|f|false|n|no|off)$/i.test(value) ? '0' : null;
    case 'integer':
      if (/^(true|false)$/i.test(value)) return /^true$/i.test(value) ? '1' : '0';
      return NUMBER.test(value) ? value : literal(value);
    case 'decimal':
    case 'float':
      return NUMBER.test(value) ? value : literal(value);
    case 'bit':
      return /^[01]+$/.test(value) ? `b'${value}'` : null;
    case 'geometry':
      return null;
    default:
      return literal(value);
  }
}

function nowSql(logical: LogicalType): string {
  switch (logical.kind) {
    case 'timestamp':
      return logical.precision > 0 ? `CURRENT_TIMESTAMP(${Math.min(logical.precision, 6)})` : 'CURRENT_TIMESTAMP';
    case 'date':
      return '(curdate())';
    case 'time':
      return logical.precision > 0 ? `(curtime(${Math.min(logical.precision, 6)}))` : '(curtime())';
    default:
      return '(now())';
  }
}
