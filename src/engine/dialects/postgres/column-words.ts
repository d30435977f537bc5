// How PostgreSQL speaks of one column, for questions about its values.

import { type ColumnWords, type NamedColumn, type PlaceWords, SHOWN_CHARACTERS } from '../column-words.ts';
import { conditions } from './conditions.ts';
import { literal, quote } from './syntax.ts';

export function wordsOf({ name, logical }: NamedColumn): ColumnWords {
  const c = quote(name);
  const text = `${c}::text`;
  const plain: ColumnWords = {
    key: text,
    shown: cut(text),
    least: null,
    greatest: null,
    length: null,
    lengthUnit: 'character',
    counts: {},
    places: {},
  };
  switch (logical.kind) {
    case 'text':
    case 'enum':
      return {
        ...plain,
        ...extremes(text),
        length: `char_length(${text})`,
        counts: { empty: conditions.empty(c, logical), padded: String.raw`${text} ~ '^\s|\s$'` },
      };
    case 'json':
      return {
        ...plain,
        length: `char_length(${text})`,
        counts: { nulCharacters: conditions.nulCharacters(c) },
      };
    case 'binary':
      return {
        ...plain,
        key: c,
        shown: `'0x' || encode(substr(${c}, 1, ${SHOWN_CHARACTERS / 2}), 'hex')`,
        length: `octet_length(${c})`,
        lengthUnit: 'byte',
        counts: { empty: conditions.empty(c, logical) },
      };
    case 'integer':
      // By way of text, since oid knows no other.
      return numeric(plain, `${text}::numeric`, null);
    case 'decimal':
      return numeric(plain, `${c}::numeric`, conditions.notFinite(c, logical));
    case 'float':
      return numeric(plain, c, conditions.notFinite(c, logical));
    case 'date':
    case 'timestamp':
      return {
        ...plain,
        ...extremes(c),
        key: c,
        places: { times: timePlace(c, `${c} >= '0001-01-01' AND ${c} < '10000-01-01'`) },
      };
    case 'time':
    case 'interval':
      return { ...plain, ...extremes(c) };
    case 'uuid':
      return { ...plain, ...extremes(text) };
    default:
      return plain;
  }
}

function numeric(plain: ColumnWords, value: string, notFinite: string | null): ColumnWords {
  const place: PlaceWords = {
    value,
    where: notFinite === null ? `${value} IS NOT NULL` : `NOT (${notFinite}) AND ${value} IS NOT NULL`,
    text: (aggregate) => `${aggregate}::text`,
    edge: (edge) => edge,
  };
  const counts = notFinite === null ? {} : { notFinite };
  return { ...plain, ...extremes(value), key: value, counts, places: { numbers: place } };
}

function timePlace(value: string, where: string): PlaceWords {
  return { value, where, text: (aggregate) => `${aggregate}::text`, edge: literal };
}

function extremes(value: string): Pick<ColumnWords, 'least' | 'greatest'> {
  return { least: cut(`min(${value})::text`), greatest: cut(`max(${value})::text`) };
}

function cut(text: string): string {
  return `left(${text}, ${SHOWN_CHARACTERS + 1})`;
}
