// How MySQL and MariaDB speak of one column, for questions about its values.

import type { Server } from '../../../shared/model/connection.ts';
import { type ColumnWords, type NamedColumn, type PlaceWords, SHOWN_CHARACTERS } from '../column-words.ts';
import { conditions, unicode } from './conditions.ts';
import { readExpression } from './select.ts';
import { literal, quote } from './syntax.ts';

/** Longer texts are grouped by their digest: the server sorts and compares long ones by their beginning. */
const GROUPED_BYTES = 255;

export function wordsOf({ name, native, logical }: NamedColumn, server: Server): ColumnWords {
  const c = quote(name);
  const value = readExpression(c, native, logical, server.variant);
  const text = `CAST(${value} AS CHAR)`;
  const plain: ColumnWords = {
    key: grouped(`CAST(${text} AS BINARY)`),
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
    case 'set':
    case 'json': {
      const words = unicode(c);
      return {
        ...plain,
        key: grouped(`CAST(${words} AS BINARY)`),
        shown: cut(words),
        ...(logical.kind === 'json' ? {} : extremes(c, (aggregate) => cut(unicode(aggregate)))),
        length: `CHAR_LENGTH(${c})`,
        counts: {
          nulCharacters: conditions.nulCharacters(c, logical),
          ...(logical.kind === 'json'
            ? {}
            : { empty: conditions.empty(c), padded: `OCTET_LENGTH(TRIM(${words})) <> OCTET_LENGTH(${words})` }),
        },
      };
    }
    case 'binary':
      return {
        ...plain,
        key: grouped(c),
        shown: `CONCAT('0x', HEX(LEFT(${c}, ${SHOWN_CHARACTERS / 2})))`,
        length: `OCTET_LENGTH(${c})`,
        lengthUnit: 'byte',
        counts: { empty: conditions.empty(c) },
      };
    case 'boolean':
    case 'integer':
    case 'decimal':
    case 'float':
      return {
        ...plain,
        key: value,
        ...extremes(value, (aggregate) => `CAST(${aggregate} AS CHAR)`),
        places: { numbers: place(value, `${c} IS NOT NULL`, (edge) => edge) },
      };
    case 'date':
    case 'timestamp': {
      const zero = conditions.zeroDates(c);
      return {
        ...plain,
        key: c,
        ...extremes(c, (aggregate) => `CAST(${aggregate} AS CHAR)`),
        counts: { zeroDates: zero },
        places: { times: place(c, `${c} IS NOT NULL AND NOT (${zero})`, literal) },
      };
    }
    case 'time':
      return { ...plain, key: c, ...extremes(c, (aggregate) => `CAST(${aggregate} AS CHAR)`) };
    case 'bit': {
      const bits = `LPAD(BIN(${c} + 0), ${logical.length ?? 1}, '0')`;
      return { ...plain, key: `${c} + 0`, shown: bits, ...extremes(bits, (aggregate) => aggregate) };
    }
    case 'uuid':
      return { ...plain, ...extremes(text, (aggregate) => aggregate) };
    default:
      return plain;
  }
}

function place(value: string, where: string, edge: PlaceWords['edge']): PlaceWords {
  return { value, where, text: (aggregate) => `CAST(${aggregate} AS CHAR)`, edge };
}

function extremes(value: string, text: (aggregate: string) => string): Pick<ColumnWords, 'least' | 'greatest'> {
  return { least: text(`MIN(${value})`), greatest: text(`MAX(${value})`) };
}

function grouped(bytes: string): string {
  return `CAST(IF(OCTET_LENGTH(${bytes}) > ${GROUPED_BYTES}, SHA2(${bytes}, 256), ${bytes}) AS BINARY)`;
}

function cut(text: string): string {
  return `LEFT(${text}, ${SHOWN_CHARACTERS + 1})`;
}
