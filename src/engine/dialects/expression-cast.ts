// Decides which casts may be dropped when an expression changes families.

import type { Expression } from './expression-tree.ts';

const TEXT_TYPE = /^(text|character varying|varchar|character|char|bpchar)$/;
const NUMBER_TYPE =
  /^(numeric|decimal|integer|int|bigint|smallint|double precision|real|signed|unsigned|int2|int4|int8|float4|float8)$/;
const HARMLESS_NUMBER_TYPE = /^(numeric|decimal|double precision|bigint)$/;
const TIME_TYPE = /^(date|timestamp|timestamp without time zone|timestamp with time zone|time|time without time zone)$/;

/** The value without its cast, where it is the same without; null where the cast does something. */
export function withoutCast(value: Expression, type: string): Expression | null {
  if (TEXT_TYPE.test(type)) return value.kind === 'number' || value.kind === 'boolean' ? null : value;
  switch (value.kind) {
    case 'null':
      return value;
    case 'string':
      return typedLiteral(value.value, type);
    case 'number':
      if (HARMLESS_NUMBER_TYPE.test(type)) return value;
      return NUMBER_TYPE.test(type) && /^-?\d+$/.test(value.text) ? value : null;
    case 'boolean':
      return type === 'boolean' ? value : null;
    default:
      // bigint rounds what has a fraction; the wider types change nothing.
      return HARMLESS_NUMBER_TYPE.test(type) && type !== 'bigint' ? value : null;
  }
}

export function harmlessForElements(type: string): boolean {
  return TEXT_TYPE.test(type) || HARMLESS_NUMBER_TYPE.test(type);
}

/** PostgreSQL writes '-5'::integer and 'f'::boolean for plain literals. */
function typedLiteral(value: string, type: string): Expression | null {
  if (NUMBER_TYPE.test(type)) return /^-?\d+(\.\d+)?$/.test(value) ? { kind: 'number', text: value } : null;
  if (type === 'boolean') {
    return /^(t|true|f|false)$/.test(value) ? { kind: 'boolean', value: value.startsWith('t') } : null;
  }
  return TIME_TYPE.test(type) ? { kind: 'string', value } : null;
}
