// Defaults on their way to the target: the same value, in the form that the target column's type takes.

import type { ColumnDefault } from '../../shared/model/catalog.ts';
import type { LogicalType } from '../../shared/model/logical-type.ts';
import type { Context } from './context.ts';
import type { Expressions } from './expressions.ts';
import type { ColumnPair } from './reconcile.ts';

/** Null when the default has no equal in the target. */
export function convertDefault(
  value: ColumnDefault,
  { sourceLogical, targetLogical }: ColumnPair,
  expressions: Expressions,
  context: Context,
): ColumnDefault | null {
  switch (value.kind) {
    case 'literal': {
      const literal = literalFor(value.value, sourceLogical, targetLogical, context);
      return literal === null ? null : { kind: 'literal', value: literal };
    }
    case 'expression': {
      const sql = expressions.constant(value.sql);
      return sql === null ? null : { kind: 'expression', sql };
    }
    case 'now':
    case 'today':
      return isTemporal(targetLogical) || targetLogical.kind === 'text' ? value : null;
    case 'uuid':
      return targetLogical.kind === 'uuid' || targetLogical.kind === 'text' ? value : null;
  }
}

const TRUE_WORDS = /^(1|t|true|y|yes|on)$/i;
const FALSE_WORDS = /^(0|f|false|n|no|off)$/i;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const ZERO_DATE = /^(0000-|\d{4}-00|\d{4}-\d\d-00)/;

function literalFor(value: string, from: LogicalType, to: LogicalType, { targetCan }: Context): string | null {
  switch (to.kind) {
    case 'boolean':
      return TRUE_WORDS.test(value) ? '1' : FALSE_WORDS.test(value) ? '0' : null;
    case 'integer':
    case 'decimal':
    case 'float':
      if (from.kind === 'boolean') return TRUE_WORDS.test(value) ? '1' : FALSE_WORDS.test(value) ? '0' : null;
      if (from.kind === 'bit') return /^[01]+$/.test(value) ? BigInt(`0b${value}`).toString() : null;
      return NUMBER.test(value) ? value : null;
    case 'date':
    case 'timestamp':
      return ZERO_DATE.test(value) && !targetCan.values.zeroDates ? null : value;
    case 'text':
      if (from.kind === 'boolean') return TRUE_WORDS.test(value) ? 'true' : 'false';
      return to.length !== null && [...value].length > to.length ? null : value;
    case 'enum':
      return to.labels.includes(value) ? value : null;
    case 'binary':
      return from.kind === 'binary' ? value : null;
    case 'array':
      if (from.kind === 'set') return `{${labels(value).map(arrayItem).join(',')}}`;
      return from.kind === 'array' || value === '{}' ? value : null;
    case 'json':
      if (from.kind === 'set') return JSON.stringify(labels(value));
      if (from.kind === 'array') return value === '{}' ? '[]' : null;
      return from.kind === 'json' ? value : null;
    default:
      return from.kind === to.kind || from.kind === 'text' ? value : null;
  }
}

function labels(set: string): string[] {
  return set === '' ? [] : set.split(',');
}

function arrayItem(label: string): string {
  return /^[\w-]+$/.test(label) && label.toLowerCase() !== 'null' ? label : `"${label.replace(/["\\]/g, '\\$&')}"`;
}

function isTemporal(type: LogicalType): boolean {
  return type.kind === 'date' || type.kind === 'time' || type.kind === 'timestamp';
}
