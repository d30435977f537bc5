// Fields: what a step or a rule can be told, read from its schema, so that each of them has a form.

import { z } from 'zod';
import { type TransformName, transform } from '../../../../shared/model/transform.ts';

interface Named {
  readonly name: string;
  readonly required: boolean;
  /** What the model says of it. */
  readonly about: string | null;
}

/** What a text is: of one's own, a column at hand, a table of the target, or a column of that table. */
export type Holds = 'text' | 'column' | 'target table' | 'its column';

export type TextField = Named & { readonly kind: 'text'; readonly holds: Holds };
export type IntegerField = Named & {
  readonly kind: 'integer';
  readonly min: number | null;
  readonly max: number | null;
};
export type ChoiceField = Named & { readonly kind: 'choice'; readonly options: readonly string[] };
export type FlagField = Named & { readonly kind: 'flag' };
export type ListField = Named & { readonly kind: 'list'; readonly holds: Holds };
/** Texts by text. */
export type TableField = Named & { readonly kind: 'table'; readonly holds: Holds; readonly nullable: boolean };
/** Lines that have fields themselves. */
export type RowsField = Named & { readonly kind: 'rows'; readonly fields: readonly (TextField | ChoiceField)[] };
/** One of some words, or an object of one text. */
export type EitherField = Named & { readonly kind: 'either'; readonly words: readonly string[]; readonly own: string };

export type Field =
  | TextField
  | IntegerField
  | ChoiceField
  | FlagField
  | ListField
  | TableField
  | RowsField
  | EitherField;

export function fieldsOf(name: TransformName): readonly Field[] {
  const known = remembered.get(name);
  if (known) return known;
  const option = transform.options.find(({ shape }) => shape.do.value === name)!;
  const fields = fieldsOfSchema(option).filter((field) => field.name !== 'do');
  remembered.set(name, fields);
  return fields;
}

export function fieldsOfSchema(schema: z.ZodType): Field[] {
  return fieldsOfObject(z.toJSONSchema(schema) as Schema);
}

const remembered = new Map<TransformName, readonly Field[]>();

/** As much of JSON Schema as zod writes for steps. */
interface Schema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly const?: string;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly anyOf?: readonly Schema[];
}

function fieldsOfObject({ properties = {}, required = [] }: Schema): Field[] {
  return Object.entries(properties).map(([name, schema]) =>
    fieldFor(schema, { name, required: required.includes(name), about: schema.description ?? null }),
  );
}

function fieldFor(schema: Schema, named: Named): Field {
  const { type, items, additionalProperties: values } = schema;
  if (schema.enum) return { ...named, kind: 'choice', options: schema.enum };
  if (type === 'string') return { ...named, kind: 'text', holds: holdsOf(schema) };
  if (type === 'boolean') return { ...named, kind: 'flag' };
  if (type === 'integer') return { ...named, kind: 'integer', min: bound(schema.minimum), max: bound(schema.maximum) };
  if (type === 'array' && items?.type === 'string') return { ...named, kind: 'list', holds: holdsOf(items) };
  if (type === 'array' && items?.properties) return { ...named, kind: 'rows', fields: simple(fieldsOfObject(items)) };
  if (type === 'object' && typeof values === 'object') {
    return { ...named, kind: 'table', holds: holdsOf(values), nullable: Array.isArray(values.type) };
  }
  if (schema.anyOf) return { ...named, kind: 'either', ...alternatives(schema.anyOf) };
  throw new Error(`no field for ${named.name}`);
}

/** The model tells columns and tables from other texts by these words alone. */
function holdsOf({ description = '' }: Schema): Holds {
  if (/^A column of the (source|target) table\.$/.test(description)) return 'column';
  if (description.startsWith('Table of the target')) return 'target table';
  return description.startsWith('Its column') ? 'its column' : 'text';
}

/** Without a bound of its own, a whole number has that of exact floating point. */
function bound(value: number | undefined): number | null {
  return value === undefined || Math.abs(value) === Number.MAX_SAFE_INTEGER ? null : value;
}

function simple(fields: readonly Field[]): (TextField | ChoiceField)[] {
  return fields.map((field) => {
    if (field.kind !== 'text' && field.kind !== 'choice') throw new Error(`no cell for ${field.name}`);
    return field;
  });
}

function alternatives(schemas: readonly Schema[]): Pick<EitherField, 'words' | 'own'> {
  const own = schemas.flatMap(({ properties = {} }) => Object.keys(properties));
  if (own.length !== 1) throw new Error('not words and an object of one text');
  return { words: schemas.flatMap((each) => each.const ?? []), own: own[0]! };
}
