// A column profile's questions as SQL that all families read alike, in the words that each has for a column.

import type { Column } from '../../shared/model/catalog.ts';
import type { ProfileScope } from '../../shared/model/column-profile.ts';
import { type ColumnWords, type CountName, countNames, type PlaceKind } from './column-words.ts';

/** Looks at the columns of one table, one at a time. Each question throws `inspect.too-slow` when its time is up. */
export interface ColumnProfiler {
  facts(column: Column): Promise<ColumnFacts>;
  /** How many different values there are, and the most frequent ones. */
  distinct(column: Column, limit: number): Promise<DistinctFacts>;
  /** Rows for each stretch between two edges, which are those of `numbers` or of `times` in the facts. */
  buckets(column: Column, of: PlaceKind, edges: readonly string[]): Promise<number[]>;
  /** Values that are not NULL, as text for people, from all over the table where that is cheap. */
  some(column: Column, limit: number): Promise<string[]>;
  close(): Promise<void>;
}

export interface ProfilerOptions {
  /** Tables of up to so many rows are read whole, of larger ones a sample of about so many. */
  readonly rows: number;
  /** For each question. */
  readonly seconds: number;
  readonly signal: AbortSignal;
  /** The same for drivers that hold up their thread, where no signal arrives. */
  readonly stopped: () => boolean;
}

export interface ColumnFacts {
  readonly scope: ProfileScope;
  readonly nulls: number;
  readonly min: string | null;
  readonly max: string | null;
  readonly shortest: number | null;
  readonly longest: number | null;
  readonly lengthUnit: 'character' | 'byte';
  readonly counts: Readonly<Partial<Record<CountName, number>>>;
  readonly places: Readonly<Partial<Record<PlaceKind, PlaceFacts>>>;
}

/** Values that have a place on a line, from the least to the greatest. */
export interface PlaceFacts {
  readonly rows: number;
  readonly min: string;
  readonly max: string;
}

export interface DistinctFacts {
  readonly values: number;
  /** Values that came in one row only. */
  readonly once: number;
  readonly top: readonly { readonly value: string; readonly rows: number }[];
}

/** Where the rows come from: a table, or a sample of it as a derived table with the column of that name. */
export interface Rows {
  readonly from: (column: string) => string;
  readonly method: string | null;
}

export interface ProfilerParts {
  readonly rows: Rows;
  /** A small sample, from all over the table. */
  readonly few: (limit: number) => Rows;
  /** The server's estimate. */
  readonly estimate: number;
  readonly quote: (name: string) => string;
  readonly words: (column: Column) => ColumnWords;
  /** Values as text; null is NULL. Throws DroverError. */
  readonly ask: (sql: string) => Promise<(string | null)[][]>;
  readonly close: () => Promise<void>;
}

export function columnProfiler(parts: ProfilerParts): ColumnProfiler {
  const { rows, quote, words, ask } = parts;
  const from = (column: Column): string => rows.from(quote(column.name));
  return {
    facts: async (column) =>
      factsFrom(parts, column, await askOne(ask, factsSql(words(column), quote(column.name), from(column)))),
    async distinct(column, limit) {
      const { key, shown } = words(column);
      const answers = await ask(
        `SELECT s, n, count(*) OVER () AS d, sum(CASE WHEN n = 1 THEN 1 ELSE 0 END) OVER () AS o
         FROM (SELECT min(${shown}) AS s, count(*) AS n FROM ${from(column)}
               WHERE ${quote(column.name)} IS NOT NULL GROUP BY ${key}) AS g
         ORDER BY n DESC, s LIMIT ${limit}`,
      );
      return {
        values: Number(answers[0]?.[2] ?? 0),
        once: Number(answers[0]?.[3] ?? 0),
        top: answers.map(([value, n]) => ({ value: value ?? '', rows: Number(n) })),
      };
    },
    async buckets(column, of, edges) {
      const place = words(column).places[of]!;
      const inner = edges.slice(1, -1);
      const cases = inner.map((edge, i) => `WHEN ${place.value} < ${place.edge(edge)} THEN ${i}`).join(' ');
      const bucket = inner.length === 0 ? '0' : `CASE ${cases} ELSE ${inner.length} END`;
      const answers = await ask(
        `SELECT b, count(*) FROM (SELECT ${bucket} AS b FROM ${from(column)} WHERE ${place.where}) AS g GROUP BY b`,
      );
      const counts = new Map(answers.map(([b, n]) => [Number(b), Number(n)]));
      return edges.slice(1).map((_, i) => counts.get(i) ?? 0);
    },
    async some(column, limit) {
      const name = quote(column.name);
      const values = async (source: string): Promise<string[]> => {
        const answers = await ask(
          `SELECT ${words(column).shown} AS s FROM ${source} WHERE ${name} IS NOT NULL LIMIT ${limit}`,
        );
        return answers.map(([value]) => value ?? '');
      };
      const spread = await values(parts.few(limit).from(name));
      // Where most are NULL, or the sample met few rows, the first that are not are better than none.
      return spread.length * 2 < limit ? values(from(column)) : spread;
    },
    close: parts.close,
  };
}

function factsSql({ least, greatest, length, counts, places }: ColumnWords, name: string, from: string): string {
  const counted = (condition: string) => `count(CASE WHEN ${condition} THEN 1 END)`;
  const list = [
    'count(*)',
    `count(${name})`,
    least ?? 'NULL',
    greatest ?? 'NULL',
    ...(length === null ? ['NULL', 'NULL'] : [`min(${length})`, `max(${length})`]),
    ...countNames.map((count) => (counts[count] === undefined ? 'NULL' : counted(counts[count]))),
    ...PLACES.flatMap((kind) => {
      const place = places[kind];
      if (!place) return ['NULL', 'NULL', 'NULL'];
      const value = `CASE WHEN ${place.where} THEN ${place.value} END`;
      return [counted(place.where), place.text(`min(${value})`), place.text(`max(${value})`)];
    }),
  ];
  return `SELECT ${list.map((sql, i) => `${sql} AS a${i}`).join(', ')} FROM ${from}`;
}

const PLACES = ['numbers', 'times'] as const satisfies readonly PlaceKind[];

function factsFrom({ rows, estimate, words }: ProfilerParts, column: Column, answers: (string | null)[]): ColumnFacts {
  const [all, present, min, max, shortest, longest] = answers;
  const counted = answers.slice(6, 6 + countNames.length);
  const placed = answers.slice(6 + countNames.length);
  const read = Number(all);
  const sampled = rows.method !== null;
  const number = (text: string | null | undefined) => (text == null ? null : Number(text));
  return {
    scope: { rows: read, sampled, of: sampled ? Math.max(estimate, read) : read, method: rows.method },
    nulls: read - Number(present),
    min: min ?? null,
    max: max ?? null,
    shortest: number(shortest),
    longest: number(longest),
    lengthUnit: words(column).lengthUnit,
    counts: Object.fromEntries(
      countNames.flatMap((name, i) => (counted[i] == null ? [] : [[name, Number(counted[i])]])),
    ),
    places: Object.fromEntries(
      PLACES.flatMap((kind, i) => {
        const [count, least, greatest] = placed.slice(i * 3, i * 3 + 3);
        return count == null || least == null || greatest == null
          ? []
          : [[kind, { rows: Number(count), min: least, max: greatest }]];
      }),
    ),
  };
}

async function askOne(ask: ProfilerParts['ask'], sql: string): Promise<(string | null)[]> {
  return (await ask(sql))[0]!;
}

/** How many stretches a sample is made of where the database has no sampling of its own. */
const STRETCHES = 20;

/**
 * A sample in stretches from all over a table, by a key of whole numbers: each begins where a twentieth of the keys does.
 * Null where the keys lie too close together for that.
 */
export function stretches(key: string, table: string, least: bigint, greatest: bigint, rows: number): Rows | null {
  const step = (greatest - least) / BigInt(STRETCHES);
  if (step < 1n) return null;
  const each = Math.ceil(rows / STRETCHES);
  const part = (column: string, i: number): string => {
    const after = least + step * BigInt(i);
    const end = i === STRETCHES - 1 ? `<= ${greatest}` : `< ${after + step}`;
    return `SELECT * FROM (SELECT ${column} FROM ${table} WHERE ${key} >= ${after} AND ${key} ${end} ORDER BY ${key} LIMIT ${each}) AS p${i}`;
  };
  return {
    from: (column) => `(${Array.from({ length: STRETCHES }, (_, i) => part(column, i)).join(' UNION ALL ')}) AS sample`,
    method: `rows in ${STRETCHES} stretches over the key`,
  };
}

/** The first rows, in the order in which the table keeps them. */
export function firstRows(table: string, rows: number): Rows {
  return { from: (column) => `(SELECT ${column} FROM ${table} LIMIT ${rows}) AS sample`, method: 'the first rows' };
}
