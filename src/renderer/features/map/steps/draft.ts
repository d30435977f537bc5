// Draft: a step or a rule while its fields are being filled in, and what it is or still lacks.

import type { z } from 'zod';
import { type Transform, type TransformName, transform } from '../../../../shared/model/transform.ts';
import type { EitherField, Field, ListField, RowsField, TableField } from './fields.ts';
import { shapeOf } from './labels.ts';

export interface ListDraft {
  readonly lines: readonly string[];
  /** Whether the empty text is in it, too: an empty line is none. */
  readonly empty: boolean;
}

export interface Pair {
  readonly key: string;
  readonly value: string | null;
}

/** One of the words, or 'own' with a text. */
export interface EitherDraft {
  readonly word: string | null;
  readonly text: string;
}

export type Cells = Readonly<Record<string, string>>;

export type DraftValue =
  | string
  | number
  | boolean
  | null
  | ListDraft
  | readonly Pair[]
  | readonly Cells[]
  | EitherDraft;

/** By field; a field that was never filled in is not there. */
export type Draft = Readonly<Record<string, DraftValue>>;

/** What a form is made from: the fields of one kind of thing, and how their values become it. */
export interface Form<T> {
  /** What its labels hang on, too. */
  readonly name: string;
  /** One sentence. */
  readonly about: string;
  readonly fields: readonly Field[];
  readonly read: (values: Readonly<Record<string, unknown>>) => z.ZodSafeParseResult<T>;
  /** What the schema does not see, by field. */
  readonly faults?: (values: Readonly<Record<string, unknown>>) => Readonly<Record<string, string>>;
}

export interface Filled<T> {
  /** null while something is wrong. */
  readonly value: T | null;
  /** A sentence for each field that is wrong. */
  readonly wrong: Readonly<Record<string, string>>;
}

export interface ReadDraft {
  readonly step: Transform | null;
  readonly wrong: Readonly<Record<string, string>>;
}

export function draftOf(step: object, fields: readonly Field[]): Draft {
  const given = step as Readonly<Record<string, unknown>>;
  const filled = fields.filter(({ name }) => given[name] !== undefined);
  return Object.fromEntries(filled.map((field) => [field.name, draftValue(field, given[field.name])]));
}

export function readDraft(name: TransformName, fields: readonly Field[], draft: Draft): ReadDraft {
  const { value, wrong } = readForm(
    { name, about: '', fields, read: (values) => transform.safeParse({ do: name, ...values }) },
    draft,
  );
  return { step: value, wrong };
}

export function readForm<T>({ name, fields, read, faults }: Form<T>, draft: Draft): Filled<T> {
  const wrong: Record<string, string> = {};
  const filled = fields.flatMap((field) => {
    const value = valueIn(field, draft[field.name]);
    const fault = faultOf(field, draft[field.name]);
    if (fault) wrong[field.name] = fault;
    return value === undefined ? [] : [[field.name, value] as const];
  });
  const values = Object.fromEntries(filled);
  Object.assign(wrong, faults?.(values));
  const parsed = read(values);
  for (const issue of parsed.error?.issues ?? []) {
    const at = String(issue.path[0]);
    wrong[at] ??= shapeFault(issue, shapeOf(name, at));
  }
  const done = parsed.success && Object.keys(wrong).length === 0;
  return { value: done ? parsed.data : null, wrong };
}

/** Whether both say the same, in whatever order their fields stand. */
export function sameThing(one: unknown, other: unknown): boolean {
  return JSON.stringify(inOrder(one)) === JSON.stringify(inOrder(other));
}

/** Lists keep their order; fields have none. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([name, each]) => [name, inOrder(each)]);
}

function draftValue(field: Field, given: unknown): DraftValue {
  switch (field.kind) {
    case 'list': {
      const lines = given as readonly string[];
      return { lines: lines.filter((line) => line !== ''), empty: lines.includes('') };
    }
    case 'table':
      return Object.entries(given as Record<string, string | null>).map(([key, value]) => ({ key, value }));
    case 'either':
      return typeof given === 'string'
        ? { word: given, text: '' }
        : { word: 'own', text: (given as Record<string, string>)[field.own] ?? '' };
    default:
      return given as DraftValue;
  }
}

/** undefined: absent from the step. */
function valueIn(field: Field, draft: DraftValue | undefined): unknown {
  switch (field.kind) {
    case 'text':
      if (draft !== undefined && draft !== '') return draft;
      // The empty text is a text, but no name of anything.
      return field.required && field.holds === 'text' ? '' : undefined;
    case 'integer':
      return typeof draft === 'number' ? draft : undefined;
    case 'choice':
      return draft ?? undefined;
    case 'flag':
      return draft === true ? true : undefined;
    case 'list':
      return listValue(field, draft as ListDraft | undefined);
    case 'table':
      return tableValue(field, (draft ?? []) as readonly Pair[]);
    case 'rows':
      return rowsValue(field, (draft ?? []) as readonly Cells[]);
    case 'either':
      return eitherValue(field, draft as EitherDraft | undefined);
  }
}

function listValue({ required }: ListField, draft: ListDraft = { lines: [], empty: false }): string[] | undefined {
  const lines = [...draft.lines.filter((line) => line !== ''), ...(draft.empty ? [''] : [])];
  return lines.length === 0 && !required ? undefined : lines;
}

function tableValue({ required }: TableField, pairs: readonly Pair[]): Record<string, string | null> | undefined {
  const filled = pairs.filter(isFilled);
  if (filled.length === 0 && !required) return undefined;
  return Object.fromEntries(filled.map(({ key, value }) => [key, value]));
}

/** A line counts when its first cell is filled in. */
function rowsValue({ required, fields }: RowsField, rows: readonly Cells[]): Cells[] | undefined {
  const [first] = fields;
  const optional = new Set(fields.filter((field) => !field.required).map(({ name }) => name));
  const filled = rows
    .filter((cells) => cells[first!.name] !== '')
    .map((cells) =>
      Object.fromEntries(Object.entries(cells).filter(([name, cell]) => cell !== '' || !optional.has(name))),
    );
  return filled.length === 0 && !required ? undefined : filled;
}

function eitherValue({ own }: EitherField, draft: EitherDraft | undefined): unknown {
  if (!draft || draft.word === null) return undefined;
  return draft.word === 'own' ? { [own]: draft.text } : draft.word;
}

function isFilled({ key, value }: Pair): boolean {
  return key !== '' || value !== '';
}

/** What the schema does not see. */
function faultOf(field: Field, draft: DraftValue | undefined): string | null {
  if (field.kind === 'table') {
    const pairs = ((draft ?? []) as readonly Pair[]).filter(isFilled);
    const keys = pairs.map(({ key }) => key);
    const twice = keys.find((key, i) => keys.indexOf(key) < i);
    if (twice !== undefined) return `‘${twice}’ is there twice.`;
    const open = field.holds === 'column' ? pairs.find(({ value }) => value === '') : undefined;
    return open ? `Choose a column for ‘${open.key}’.` : null;
  }
  if (field.name === 'salt' && typeof draft === 'string' && draft !== '' && !SECRET.test(draft)) {
    return 'Lower case letters and digits, and single _ between them, as in the name of the variable.';
  }
  return null;
}

/** What the name of a secret has to be for its variable to be found. */
const SECRET = /^[a-z0-9]+(_[a-z0-9]+)*$/;

interface Issue {
  readonly code?: string | undefined;
  readonly message: string;
  readonly origin?: string | undefined;
  readonly minimum?: number | bigint | undefined;
  readonly maximum?: number | bigint | undefined;
}

function shapeFault({ code, message, origin, minimum, maximum }: Issue, shape: string | null): string {
  switch (code) {
    case 'invalid_type':
    case 'invalid_value':
      return 'Needed.';
    case 'invalid_format':
      return shape ?? message;
    case 'too_small':
      if (origin === 'array') return 'At least one is needed.';
      return origin === 'string' ? 'Needed.' : `At least ${minimum}.`;
    case 'too_big':
      if (origin === 'array') return `At most ${maximum}.`;
      return origin === 'string'
        ? `Only ${maximum === 1 ? 'one character' : `${maximum} characters`}.`
        : `At most ${maximum}.`;
    default:
      return message;
  }
}
