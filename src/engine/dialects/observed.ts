// What a column holds when its declared type does not bind its values (SQLite): the type that the values show.

import type { LogicalType } from '../../shared/model/logical-type.ts';
import type { Answers, Question } from '../../shared/model/profile.ts';

/** What must be asked of a column of a database with dynamic types before its type can be trusted. */
const STORAGE_QUESTIONS: readonly Question[] = [
  'nonNull',
  'storageInteger',
  'storageReal',
  'storageText',
  'storageBlob',
];

/** The questions for one declared type: how values are stored, and what texts in it look like. */
export function storageQuestions(declared: LogicalType): Question[] {
  switch (declared.kind) {
    case 'date':
    case 'timestamp':
      return [...STORAGE_QUESTIONS, 'notIsoTimestamp', 'maxChars'];
    case 'boolean':
      return [...STORAGE_QUESTIONS, 'min', 'max'];
    case 'json':
      return [...STORAGE_QUESTIONS, 'notJson'];
    default:
      return [...STORAGE_QUESTIONS];
  }
}

const DATE_LENGTH = 'YYYY-MM-DD'.length;
const TIMESTAMP: LogicalType = { kind: 'timestamp', precision: 6, zone: false };
const INT64: LogicalType = { kind: 'integer', bits: 64, unsigned: false };
const DOUBLE: LogicalType = { kind: 'float', bits: 64 };
const TEXT: LogicalType = { kind: 'text', length: null, fixed: false };
const BYTES: LogicalType = { kind: 'binary', length: null, fixed: false };

/**
 * The declared type, or another where all values agree on being something else.
 * Mixed columns keep what they declare: the plan names their misfits and asks.
 */
export function observedType(declared: LogicalType, answers: Answers): LogicalType {
  const stored = storage(answers);
  if (!stored || stored.total === 0) return declared;
  const all = (...classes: (keyof Storage)[]) => classes.reduce((sum, name) => sum + stored[name], 0) === stored.total;

  switch (declared.kind) {
    case 'boolean':
      if (!all('integer')) return all('text') ? TEXT : all('integer', 'real') ? DOUBLE : declared;
      return answers.min === '0' || answers.min === '1' ? (isBit(answers.max) ? declared : INT64) : INT64;
    case 'date':
    case 'timestamp':
    case 'time':
      if (all('integer')) return INT64;
      if (all('real')) return DOUBLE;
      if (all('text') && positive(answers.notIsoTimestamp)) return TEXT;
      return declared.kind === 'date' && Number(answers.maxChars ?? 0) > DATE_LENGTH ? TIMESTAMP : declared;
    case 'integer':
    case 'decimal':
    case 'float':
      return all('text') ? TEXT : all('blob') ? BYTES : declared;
    case 'json':
      return positive(answers.notJson) && all('text') ? TEXT : declared;
    case 'binary':
    case 'opaque':
      if (all('text')) return TEXT;
      if (all('integer')) return INT64;
      if (all('blob')) return BYTES;
      return all('integer', 'real') ? DOUBLE : declared;
    default:
      return all('blob') ? BYTES : declared;
  }
}

/** How many values do not fit the type, as they are stored; 0n where nothing was asked. */
export function storageMisfits(type: LogicalType, answers: Answers): bigint {
  const stored = storage(answers);
  if (!stored) return 0n;
  const { integer, real, text, blob } = stored;
  switch (type.kind) {
    case 'boolean':
    case 'integer':
      return BigInt(real + text + blob);
    case 'decimal':
    case 'float':
      return BigInt(text + blob);
    case 'date':
    case 'timestamp':
      return BigInt(integer + real + blob) + BigInt(answers.notIsoTimestamp ?? 0);
    case 'binary':
      return BigInt(integer + real + text);
    default:
      return BigInt(blob);
  }
}

interface Storage {
  readonly integer: number;
  readonly real: number;
  readonly text: number;
  readonly blob: number;
  readonly total: number;
}

function storage(answers: Answers): Storage | null {
  const counts = [answers.storageInteger, answers.storageReal, answers.storageText, answers.storageBlob];
  if (counts.every((count) => count === undefined)) return null;
  const [integer, real, text, blob] = counts.map((count) => Number(count ?? 0)) as [number, number, number, number];
  return { integer, real, text, blob, total: integer + real + text + blob };
}

function positive(count: string | null | undefined): boolean {
  return count !== undefined && count !== null && BigInt(count) > 0n;
}

function isBit(value: string | null | undefined): boolean {
  return value === '0' || value === '1';
}
