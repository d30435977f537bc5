// The columns of a SELECT, from the description that MySQL and MariaDB send ahead of its rows.

import type { FieldPacket } from 'mysql2';
import type { DescribedColumn } from '../session.ts';
import type { Link } from './connection.ts';
import { telling } from './errors.ts';
import { parseType } from './type-parse.ts';

export async function describe(link: Link, query: string): Promise<readonly DescribedColumn[]> {
  return telling({ what: 'The SELECT failed', code: 'inspect.failed', reads: true }, async () => {
    const fields = await link.fields(`SELECT * FROM (${query}) AS described LIMIT 0`);
    return fields.map((field) => {
      const native = nativeOf(field);
      return { name: field.name, native, logical: parseType(native) ?? { kind: 'opaque', native } };
    });
  });
}

/** Numbers of the protocol: https://dev.mysql.com/doc/dev/mysql-server/latest/field__types_8h.html */
const Types = {
  DECIMAL: 0,
  TINY: 1,
  SHORT: 2,
  LONG: 3,
  FLOAT: 4,
  DOUBLE: 5,
  TIMESTAMP: 7,
  LONGLONG: 8,
  INT24: 9,
  DATE: 10,
  TIME: 11,
  DATETIME: 12,
  YEAR: 13,
  NEWDATE: 14,
  BIT: 16,
  JSON: 245,
  NEWDECIMAL: 246,
  GEOMETRY: 255,
} as const;

const UNSIGNED = 0x20;
const BINARY_CHARSET = 63;
/** Lengths come in bytes, of up to four a character. */
const CHARACTER_BYTES = 4;
/** Of DECIMAL without decimals, FLOAT and DOUBLE without a display scale. */
const NOT_FIXED = 31;
const LONGEST_VARCHAR = 16_383;
const LONGEST_VARBINARY = 65_535;

/** The words of a column definition that would hold such values. */
function nativeOf({ columnType, columnLength, decimals, flags, characterSet }: FieldPacket): string {
  const length = columnLength ?? 0;
  const scale = decimals ?? 0;
  const unsigned = (Number(flags) & UNSIGNED) !== 0;
  const sign = unsigned ? ' unsigned' : '';
  const fraction = scale > 0 && scale < NOT_FIXED ? `(${scale})` : '';
  switch (columnType) {
    case Types.TINY:
      return `tinyint${sign}`;
    case Types.SHORT:
      return `smallint${sign}`;
    case Types.INT24:
      return `mediumint${sign}`;
    case Types.LONG:
      return `int${sign}`;
    case Types.LONGLONG:
      return `bigint${sign}`;
    case Types.YEAR:
      return 'year';
    case Types.FLOAT:
      return 'float';
    case Types.DOUBLE:
      return 'double';
    case Types.DECIMAL:
    case Types.NEWDECIMAL: {
      // The length counts the point and the sign.
      const digits = length - (scale > 0 ? 1 : 0) - (unsigned ? 0 : 1);
      return `decimal(${Math.min(65, Math.max(digits, scale, 1))},${scale})${sign}`;
    }
    case Types.DATE:
    case Types.NEWDATE:
      return 'date';
    case Types.TIME:
      return `time${fraction}`;
    case Types.DATETIME:
      return `datetime${fraction}`;
    case Types.TIMESTAMP:
      return `timestamp${fraction}`;
    case Types.BIT:
      return `bit(${length || 1})`;
    case Types.JSON:
      return 'json';
    case Types.GEOMETRY:
      return 'geometry';
    default:
      return characterSet === BINARY_CHARSET ? binary(length) : text(length);
  }
}

function text(bytes: number): string {
  const characters = Math.floor(bytes / CHARACTER_BYTES);
  return characters > 0 && characters <= LONGEST_VARCHAR ? `varchar(${characters})` : 'longtext';
}

function binary(bytes: number): string {
  return bytes > 0 && bytes <= LONGEST_VARBINARY ? `varbinary(${bytes})` : 'longblob';
}
