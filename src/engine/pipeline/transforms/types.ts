// What a chain reads beside the value, and the logical type of what it gives.

import type { LogicalType } from '../../../shared/model/logical-type.ts';
import type { Transform } from '../../../shared/model/transform.ts';
import { integerBounds } from '../fields/numbers.ts';
import { castsTo } from './cast.ts';
import type { LookupOf } from './step.ts';

/** Columns that the steps read beside the value. */
export function columnsOf(steps: readonly Transform[]): ReadonlySet<string> {
  return new Set(steps.flatMap(columnsOfStep));
}

/** Columns of target tables that the steps look into. */
export function lookupsOf(steps: readonly Transform[]): LookupOf[] {
  return steps.flatMap((step) => (step.do === 'lookup' ? [step] : []));
}

function columnsOfStep(step: Transform): string[] {
  if (step.do === 'concat') return step.columns;
  if (step.do === 'prefer') return [step.column];
  if (step.do === 'json') return Object.values(step.fields);
  if (step.do !== 'template' && step.do !== 'fill') return [];
  // A bad template is told when the chain is compiled.
  return Array.from(step.template.matchAll(/\{\{|\}\}|\{([^{}]+)\}/g), ([, column]) => column ?? '').filter(Boolean);
}

/** The logical type that the chain's text is; `input` is the column's own. */
export function typeAfter(steps: readonly Transform[], input: LogicalType): LogicalType {
  return steps.reduce(typeAfterStep, input);
}

const TEXT: LogicalType = { kind: 'text', length: null, fixed: false };
const DECIMAL: LogicalType = { kind: 'decimal', precision: null, scale: null };
const TIMESTAMP: LogicalType = { kind: 'timestamp', precision: 6, zone: false };

function typeAfterStep(before: LogicalType, step: Transform): LogicalType {
  // What a step could not work on may be anything.
  if ('onFailure' in step && step.onFailure === 'keep') return TEXT;
  switch (step.do) {
    case 'default':
      return typeWith(before, step.value);
    case 'null if':
      return before;
    case 'boolean':
      return { kind: 'boolean' };
    case 'number':
    case 'round':
    case 'scale':
    case 'sum':
      return DECIMAL;
    case 'cast':
      return typeOfCast(step.to);
    case 'date':
      return typeOfDates(step.formats);
    case 'time zone':
      return TIMESTAMP;
    case 'json':
    case 'pairs':
    case 'records':
      return { kind: 'json' };
    case 'uuid from hex':
      return { kind: 'uuid' };
    default:
      return TEXT;
  }
}

/** The narrowest type that holds both what it held before and this value. */
function typeWith(before: LogicalType, value: string): LogicalType {
  switch (before.kind) {
    case 'boolean':
    case 'date':
    case 'uuid':
    case 'json':
      return castsTo(before.kind, value) ? before : TEXT;
    case 'decimal':
      return castsTo('decimal', value) ? DECIMAL : TEXT;
    case 'timestamp':
      return castsTo('timestamp', value) ? { ...before, precision: 6 } : TEXT;
    case 'integer': {
      const { min, max } = integerBounds(before);
      const fits = castsTo('integer', value) && BigInt(value) >= min && BigInt(value) <= max;
      return fits ? before : TEXT;
    }
    default:
      return TEXT;
  }
}

function typeOfCast(to: Extract<Transform, { do: 'cast' }>['to']): LogicalType {
  if (to === 'integer') return { kind: 'integer', bits: 64, unsigned: false };
  if (to === 'decimal') return DECIMAL;
  return to === 'timestamp' ? TIMESTAMP : { kind: to };
}

/** Some formats with a time of day and some without give both forms, which only text holds. */
function typeOfDates(formats: readonly string[]): LogicalType {
  const timed = formats.filter((format) => !format.includes('%') || /%[HI]/.test(format.replaceAll('%%', ''))).length;
  return timed === formats.length ? TIMESTAMP : timed === 0 ? { kind: 'date' } : TEXT;
}
