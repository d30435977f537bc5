// CAST rules as type rules. A condition that a type rule can't say is looked up in the source: a rule for each column.

import type { Catalog, Column, Table } from '../../../shared/model/catalog.ts';
import type { LoadCast, LoadNote } from '../../../shared/model/loadfile.ts';
import type { ColumnMapping, TypeRule } from '../../../shared/model/mapping.ts';
import type { Transform } from '../../../shared/model/transform.ts';
import { decidingRule } from '../../../shared/type-rules.ts';
import type { Dialect } from '../../dialects/dialect.ts';

export interface CastRules {
  readonly rules: readonly TypeRule[];
  /** What the rule that decides a column says beside its type. */
  besides(table: string, column: Pick<Column, 'name' | 'native'>): Partial<ColumnMapping>;
  readonly notes: readonly LoadNote[];
}

export function castRules(casts: readonly LoadCast[], source: Catalog, target: Dialect): CastRules {
  const rules: TypeRule[] = [];
  const origin: LoadCast[] = [];
  const dead = new Map<LoadCast, string>();
  for (const cast of casts) {
    const to = typeOf(cast, target);
    if (cast.unread !== null) {
      dead.set(cast, `The condition ${cast.unread} can’t be read.`);
      continue;
    }
    for (const rule of rulesOf(cast, to, source, target, dead)) {
      rules.push(rule);
      origin.push(cast);
    }
  }

  const decided = new Map<LoadCast, number>();
  for (const table of source.tables) {
    for (const column of table.columns) {
      const cast = origin[decidingRule(rules, { native: column.native, table: table.name, column: column.name })];
      if (cast) decided.set(cast, (decided.get(cast) ?? 0) + 1);
    }
  }

  return {
    rules: rules.filter(({ type }) => type !== KEEP),
    besides(table, { name, native }) {
      const cast = origin[decidingRule(rules, { native, table, column: name })];
      return cast ? besidesOf(cast) : {};
    },
    notes: casts.map((cast) => noteOf(cast, dead.get(cast) ?? null, decided.get(cast) ?? 0)),
  };
}

/** Stands where a rule says nothing of the type. */
const KEEP = '';

/** Numbers that the database hands out are carried as such, whatever the type is called. */
const SERIAL: Readonly<Record<string, string>> = {
  smallserial: 'smallint',
  serial: 'integer',
  bigserial: 'bigint',
};

/** Without a type of its own a rule keeps the source's name for it, where the target has such a type. */
function typeOf({ to, of }: LoadCast, target: Dialect): string | null {
  if (to !== null) return SERIAL[to.toLowerCase()] ?? to;
  return of.kind === 'type' && target.types.parse(of.type) !== null ? of.type : null;
}

function rulesOf(
  cast: LoadCast,
  to: string | null,
  source: Catalog,
  target: Dialect,
  dead: Map<LoadCast, string>,
): TypeRule[] {
  const matching = source.tables.flatMap((table) =>
    table.columns.filter((column) => applies(cast, table, column)).map((column) => ({ table, column })),
  );
  const typed = (column: Column): string => (to === null ? KEEP : withTypemod(to, column.native, cast.dropTypemod));
  const unknown = [...new Set(matching.map(({ column }) => typed(column)))].find(
    (type) => type !== KEEP && target.types.parse(type) === null,
  );
  const odd = unknown ?? (matching.length === 0 && to !== null && target.types.parse(to) === null ? to : undefined);
  if (odd !== undefined) {
    dead.set(cast, `Drover knows no type ${odd} there.`);
    return [];
  }
  if (cast.of.kind === 'column' || cast.when.length > 0) {
    return matching.map(({ table, column }) => ({ table: table.name, column: column.name, type: typed(column) }));
  }
  const { type } = cast.of;
  const natives = new Map(
    matching.map(({ column }) => [
      patternOf(column.native, type, to !== null && takesTypemod(to) && !cast.dropTypemod),
      typed(column),
    ]),
  );
  if (natives.size === 0) return [{ native: type, type: to ?? KEEP }];
  return [...natives].map(([native, into]) => ({ native, type: into }));
}

function applies({ of, when }: LoadCast, table: Table, column: Column): boolean {
  const isIt =
    of.kind === 'type' ? baseOf(column.native) === of.type : same(of.table, table.name) && same(of.column, column.name);
  return isIt && when.every((condition) => holds(condition, column));
}

function holds(condition: LoadCast['when'][number], column: Column): boolean {
  switch (condition.kind) {
    case 'unsigned':
      return /\bunsigned\b/i.test(column.native);
    case 'not null':
      return !column.nullable;
    case 'auto_increment':
      return column.identity !== null;
    case 'on update':
      return column.touchedOnUpdate;
    case 'default': {
      const { default: given } = column;
      if (given?.kind === 'now') return /^current_timestamp/i.test(condition.value);
      return given?.kind === 'literal' && given.value === condition.value;
    }
    case 'compare': {
      const bounds = /\(\s*(\d+)(?:\s*,\s*(\d+))?\s*\)/.exec(column.native);
      const text = condition.what === 'precision' ? bounds?.[1] : bounds?.[2];
      if (text === undefined) return false;
      return compare(Number(text), condition.by, condition.value);
    }
  }
}

function compare(a: number, by: '=' | '<' | '<=' | '>' | '>=' | '/=', b: number): boolean {
  switch (by) {
    case '=':
      return a === b;
    case '/=':
      return a !== b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
  }
}

/** "int(10) unsigned" is int. */
function baseOf(native: string): string {
  return native
    .toLowerCase()
    .replace(/\(.*\)/s, ' ')
    .replace(/\b(unsigned|signed|zerofill)\b/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** As it stands where its bounds matter; else with anything for them. */
function patternOf(native: string, type: string, bounds: boolean): string {
  if (bounds) return native;
  const rest = native.slice(type.length);
  return rest === ''
    ? native
    : rest.startsWith('(')
      ? `${native.slice(0, type.length)}(*`
      : `${native.slice(0, type.length)} *`;
}

function takesTypemod(type: string): boolean {
  return /^(?:character varying|bit varying|varchar|char|character|bpchar|numeric|decimal|bit|varbit|timestamp|timestamptz|time|timetz|interval)$/i.test(
    type,
  );
}

function withTypemod(to: string, native: string, drop: boolean): string {
  if (drop || !takesTypemod(to)) return to;
  const bounds = /\(\s*\d+(?:\s*,\s*\d+)?\s*\)/.exec(native)?.[0];
  return bounds === undefined ? to : `${to}${bounds.replace(/\s/g, '')}`;
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function besidesOf({ notNull, using }: LoadCast): Partial<ColumnMapping> {
  const steps = using === null ? [] : (STEPS[using] ?? []);
  return {
    ...(notNull === 'keep' ? {} : { nullable: notNull === 'drop' }),
    ...(steps.length > 0 ? { steps: [...steps] } : {}),
    ...(using === 'zero-dates-to-null' ? { unrepresentable: 'null' as const } : {}),
  };
}

const STEPS: Readonly<Record<string, readonly Transform[]>> = {
  'empty-string-to-null': [{ do: 'null if', values: [''] }],
  'remove-null-characters': [{ do: 'strip nul' }],
  'base64-decode': [{ do: 'from base64' }],
  'unix-timestamp-to-timestamptz': [{ do: 'date', formats: ['unix'] }],
  'date-with-no-separator': [{ do: 'date', formats: ['%Y%m%d%H%M%S'] }],
};

/** What Drover does by itself wherever the types ask for it. */
const BY_ITSELF: readonly string[] = [
  'zero-dates-to-null',
  'tinyint-to-boolean',
  'bits-to-boolean',
  'byte-vector-to-bytea',
  'float-to-string',
  'sqlite-timestamp-to-timestamp',
  'set-to-enum-array',
  'varbinary-to-string',
];

function noteOf(cast: LoadCast, dead: string | null, decided: number): LoadNote {
  const { line, text, using, dropDefault, notNull, to } = cast;
  const at = { line, text: `CAST ${text}` };
  if (dead !== null) return { ...at, taken: 'no', why: dead };
  const left = [
    ...(using !== null && !BY_ITSELF.includes(using) && !STEPS[using]
      ? [`The function ${using} is not known: see whether a step does the same.`]
      : []),
    ...(dropDefault ? ['A default that the target can hold is carried all the same.'] : []),
    ...(to !== null && SERIAL[to.toLowerCase()]
      ? [`The type is ${SERIAL[to.toLowerCase()]}; numbers go on being handed out where the source does so.`]
      : []),
  ];
  const does = [
    decided === 0
      ? 'No column of the source meets it.'
      : `It decides ${decided} ${decided === 1 ? 'column' : 'columns'}.`,
    ...(using === 'zero-dates-to-null' ? ['Dates that can’t be become NULL, and are counted.'] : []),
    ...(using !== null && STEPS[using] ? [`The step “${STEPS[using][0]!.do}” does what ${using} does.`] : []),
    ...(notNull === 'drop' ? ['The column may be NULL.'] : notNull === 'set' ? ['The column may not be NULL.'] : []),
  ];
  return { ...at, taken: left.length > 0 ? 'partly' : 'yes', why: [...does, ...left].join(' ') };
}
