// Defaults: written as PostgreSQL's SQL, and read from it.

import type { ColumnDefault } from '../../../shared/model/catalog.ts';
import type { LogicalType } from '../../../shared/model/logical-type.ts';
import { literal } from './syntax.ts';

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Null when the type has no such default. */
export function defaultSql(value: ColumnDefault | null, logical: LogicalType): string | null {
  if (value === null) return null;
  switch (value.kind) {
    case 'literal':
      return literalSql(value.value, logical);
    case 'now':
      return nowSql(logical);
    case 'today':
      return logical.kind === 'text' ? 'CURRENT_DATE::text' : 'CURRENT_DATE';
    case 'uuid':
      return logical.kind === 'text' ? 'gen_random_uuid()::text' : 'gen_random_uuid()';
    case 'expression':
      return value.sql;
  }
}

/** What `pg_get_expr` shows of a column's default; DEFAULT NULL is none. */
export function parseDefault(sql: string, logical: LogicalType): ColumnDefault | null {
  const text = sql.trim();
  if (/^NULL(::.*)?$/is.test(text)) return null;
  const quoted = /^'((?:[^']|'')*)'(?:::[\w\s."]+(?:\([\d,\s]*\))?(?:\[\])*)?$/.exec(text);
  // Bytes are shown in an escaped form that only PostgreSQL reads.
  if (quoted && logical.kind !== 'binary') return { kind: 'literal', value: quoted[1]!.replaceAll("''", "'") };
  const bits = /^B'([01]*)'(?:::[\w\s"]+(?:\(\d+\))?)?$/.exec(text);
  if (bits) return { kind: 'literal', value: bits[1]! };
  const number = /^\(?([+-]?[\d.]+(?:e[+-]?\d+)?)\)?(?:::[\w\s"]+(?:\([\d,\s]*\))?)?$/i.exec(text);
  if (number && NUMBER.test(number[1]!)) return { kind: 'literal', value: number[1]! };
  const word = text.toLowerCase();
  if (word === 'true' || word === 'false') return { kind: 'literal', value: word };
  if (/^(now\(\)|(current|local)_?timestamp(\(\d\))?|transaction_timestamp\(\))$/.test(word)) return { kind: 'now' };
  if (/^\(?(current_timestamp|now\(\))\)?::timestamp( without time zone| with time zone)?$/.test(word)) {
    return { kind: 'now' };
  }
  if (word === 'current_date' || /^\(?(now\(\)|current_timestamp)\)?::date$/.test(word)) return { kind: 'today' };
  if (/^(gen_random_uuid|(\w+\.)?uuid_generate_v4)\(\)$/.test(word)) return { kind: 'uuid' };
  return { kind: 'expression', sql: text };
}

function literalSql(value: string, logical: LogicalType): string | null {
  switch (logical.kind) {
    case 'boolean':
      if (/^(1|t|true|y|yes|on)$/i.test(value)) return 'true';
      return /^(0|f|false|n|no|off)$/i.test(value) ? 'false' : null;
    case 'integer':
    case 'decimal':
    case 'float':
      return NUMBER.test(value) ? value : literal(value);
    case 'binary':
      return literal(`\\x${Buffer.from(value, 'utf8').toString('hex')}`);
    case 'bit':
      return /^[01]*$/.test(value) ? `B${literal(value)}` : null;
    default:
      return literal(value);
  }
}

function nowSql(logical: LogicalType): string {
  switch (logical.kind) {
    case 'date':
      return 'CURRENT_DATE';
    case 'time':
      return logical.zone ? 'CURRENT_TIME' : 'LOCALTIME';
    case 'text':
      return 'CURRENT_TIMESTAMP::text';
    default:
      return 'CURRENT_TIMESTAMP';
  }
}
