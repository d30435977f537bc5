// Profiles the columns of one table: the database's own answers, patterns of a sample, and what they say, in words.

import { DroverError } from '../../shared/errors.ts';
import type { Column, Table } from '../../shared/model/catalog.ts';
import type { ColumnProfile, PersonalMark, ProfilePart } from '../../shared/model/column-profile.ts';
import type { ColumnFacts, ColumnProfiler, DistinctFacts } from '../dialects/column-profiler.ts';
import { type PlaceKind, SHOWN_CHARACTERS } from '../dialects/column-words.ts';
import { edgesBetween } from './histogram.ts';
import { maskingFor } from './masking.ts';
import { patternsOf } from './patterns.ts';
import { personalMarks } from './pii.ts';
import { findingsOf } from './profile-findings.ts';

const TOP = 10;
/** Values that patterns and marks are told from. */
const LOOKED_AT = 2000;

/** One after the other, in the order asked for. Throws `inspect.too-slow` where not even the counts came in time. */
export async function* profileColumns(
  profiler: ColumnProfiler,
  table: Table,
  columns: readonly Column[],
): AsyncGenerator<ColumnProfile> {
  for (const column of columns) yield await profileColumn(profiler, table, column);
}

async function profileColumn(profiler: ColumnProfiler, table: Table, column: Column): Promise<ColumnProfile> {
  const late: ProfilePart[] = [];
  /** The rest of a profile is worth having without the part that takes too long. */
  async function inTime<T>(part: ProfilePart, work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof DroverError) || error.code !== 'inspect.too-slow') throw error;
      late.push(part);
      return null;
    }
  }

  const facts = await profiler.facts(column);
  const { scope } = facts;
  const values = scope.rows - facts.nulls;
  const found = values === 0 ? NOTHING : await inTime('distinct values', () => profiler.distinct(column, TOP));
  const histogram = await inTime('histogram', () => histogramOf(profiler, column, facts));
  const looked = values > 0 && mayHavePatterns(column, facts);
  const some = looked ? await inTime('patterns', () => profiler.some(column, LOOKED_AT)) : null;
  const texts = (some ?? []).map((value) => value.slice(0, SHOWN_CHARACTERS));
  const personal = personalMarks(table.name, column, texts);
  const unique = found && values > 0 ? found.values === values : null;

  return {
    column: column.name,
    native: column.native,
    logical: column.logical,
    scope,
    nulls: facts.nulls,
    distinct: found && distinctOf(found, facts),
    unique,
    min: facts.min === null ? null : cut(facts.min),
    max: facts.max === null ? null : cut(facts.max),
    lengths:
      facts.shortest === null || facts.longest === null
        ? null
        : { shortest: facts.shortest, longest: facts.longest, unit: facts.lengthUnit },
    stored: storedOf(facts),
    top: (found?.top ?? []).map(({ value, rows }) => ({ value: cut(value), cut: isCut(value), rows })),
    patterns: some && isTextual(column, facts) ? patternsOf(texts) : null,
    histogram,
    findings: findingsOf(column, facts, found, isTextual(column, facts) ? texts : []),
    personal,
    suggestions: suggestionsFor(personal, table, column, unique === true),
    late,
  };
}

const NOTHING: DistinctFacts = { values: 0, once: 0, top: [] };

/**
 * In a sample, how many there may be in the whole table: those that came once stand for others that did not come at all
 * (the guaranteed-error estimator of Charikar and others, 2000).
 */
function distinctOf(found: DistinctFacts, { scope, nulls }: ColumnFacts): ColumnProfile['distinct'] {
  if (!scope.sampled) return { values: found.values, exact: true };
  const looked = scope.rows - nulls;
  const all = looked === 0 ? 0 : (scope.of * looked) / scope.rows;
  if (found.values === looked) return { values: Math.round(all), exact: false };
  const grown = found.once * Math.sqrt(all / Math.max(looked, 1)) + (found.values - found.once);
  return { values: Math.round(Math.min(grown, all)), exact: false };
}

async function histogramOf(
  profiler: ColumnProfiler,
  column: Column,
  facts: ColumnFacts,
): Promise<ColumnProfile['histogram']> {
  const of = placeOf(facts);
  const place = of && facts.places[of];
  if (!of || !place) return null;
  const edges = edgesBetween(of, place.min, place.max);
  if (edges === null) return null;
  const rows = await profiler.buckets(column, of, edges);
  const buckets = rows.map((each, i) => ({ from: edges[i]!, to: edges[i + 1]!, rows: each }));
  return { of, buckets, outside: facts.scope.rows - facts.nulls - place.rows };
}

/** Where a column may hold both, what there is more of. */
function placeOf({ places }: ColumnFacts): PlaceKind | null {
  const [numbers, times] = [places.numbers?.rows ?? 0, places.times?.rows ?? 0];
  if (numbers === 0 && times === 0) return null;
  return times > numbers ? 'times' : 'numbers';
}

const STORED = [
  ['integer', 'storedInteger'],
  ['real', 'storedReal'],
  ['text', 'storedText'],
  ['blob', 'storedBlob'],
] as const;

function storedOf({ counts }: ColumnFacts): ColumnProfile['stored'] {
  return STORED.flatMap(([as, count]) => (counts[count] ? [{ as, rows: counts[count] }] : []));
}

/** Numbers may be card numbers; bytes, booleans and dates are nobody's. */
function mayHavePatterns({ logical }: Column, facts: ColumnFacts): boolean {
  if (isTextual({ logical }, facts)) return true;
  return ['integer', 'decimal', 'opaque', 'uuid'].includes(logical.kind);
}

function isTextual({ logical }: Pick<Column, 'logical'>, { counts }: ColumnFacts): boolean {
  return logical.kind === 'text' || logical.kind === 'enum' || (counts.storedText ?? 0) > 0;
}

function suggestionsFor(personal: readonly PersonalMark[], table: Table, column: Column, unique: boolean) {
  const kinds = new Set(personal.map(({ kind }) => kind));
  const keyed = [...(table.primaryKey ? [table.primaryKey] : []), ...table.uniques, ...table.foreignKeys].some(
    ({ columns }) => columns.includes(column.name),
  );
  // What the values say weighs more than what the name says: it is the last mark.
  const [kind] = [...kinds].reverse();
  return kind === undefined ? [] : maskingFor(kind, column.logical, unique || keyed);
}

function isCut(text: string): boolean {
  return [...text].length > SHOWN_CHARACTERS;
}

function cut(text: string): string {
  return isCut(text) ? [...text].slice(0, SHOWN_CHARACTERS).join('') : text;
}
