// Each question about a column as an aggregate in PostgreSQL's SQL.

import { assertNever } from '../../../shared/errors.ts';
import type { Server } from '../../../shared/model/connection.ts';
import type { LogicalType } from '../../../shared/model/logical-type.ts';
import type { Question } from '../../../shared/model/profile.ts';
import { conditions } from './conditions.ts';

const IS_JSON = 160_000;

/** The aggregate that answers, as text; null where PostgreSQL can't tell or the question has no meaning for it. */
export function questionSql(question: Question, column: string, logical: LogicalType, server: Server): string | null {
  const text = logical.kind === 'text' || logical.kind === 'enum';
  switch (question) {
    case 'count':
      return 'count(*)';
    case 'nonNull':
      return `count(${column})`;
    case 'nulls':
      return `count(*) - count(${column})`;
    case 'min':
    case 'max':
    case 'sum':
      return numeric(question, column, logical);
    case 'octets':
      return `sum(octet_length(${bytesOf(column, logical)}))`;
    case 'maxBytes':
      return `max(octet_length(${bytesOf(column, logical)}))`;
    case 'maxChars':
      return logical.kind === 'binary' ? null : `max(char_length(${column}::text))`;
    case 'empty':
      return text || logical.kind === 'binary' ? counted(conditions.empty(column, logical)) : NONE;
    case 'nulCharacters':
      return logical.kind === 'json' ? counted(conditions.nulCharacters(column)) : NONE;
    case 'zeroDates':
      return NONE;
    case 'dateOutsideRange':
      return isDate(logical)
        ? counted(`NOT isfinite(${column}) OR ${column} < '0001-01-01' OR ${column} >= '10000-01-01'`)
        : NONE;
    case 'timeOutsideDay':
      return logical.kind === 'time' ? counted(`${column}::text LIKE '24:%'`) : NONE;
    case 'notFinite':
      return logical.kind === 'float' || logical.kind === 'decimal'
        ? counted(conditions.notFinite(column, logical))
        : NONE;
    case 'notANumber':
      return logical.kind === 'float' || logical.kind === 'decimal' ? counted(`${column} = 'NaN'`) : NONE;
    case 'negativeZero':
      return logical.kind === 'float' ? counted(`${column} = 0 AND ${column}::text = '-0'`) : NONE;
    case 'maxIntegerDigits':
      return isExact(logical)
        ? `max(CASE WHEN abs(${exact(column, logical)}) < 1 THEN 0 ELSE length(trunc(abs(${exact(column, logical)}))::text) END) ${ifFinite(column, logical)}`
        : null;
    case 'maxScale':
      return isExact(logical) ? `max(min_scale(${exact(column, logical)})) ${ifFinite(column, logical)}` : null;
    case 'wideCharacters':
      return text || logical.kind === 'json' ? wideCharacters(column) : NONE;
    case 'notJson':
      if (!text) return NONE;
      return server.versionNumber >= IS_JSON ? counted(`${column}::text IS NOT JSON`) : null;
    case 'longJsonNumbers':
      return logical.kind === 'json' ? counted(`${column}::text ~ ${LONG_NUMBER}`) : NONE;
    case 'notUtf8':
      return text ? notUtf8() : null;
    case 'storageInteger':
    case 'storageReal':
    case 'storageText':
    case 'storageBlob':
    case 'notIsoTimestamp':
      return null;
    default:
      return assertNever(question);
  }
}

const NONE = `'0'`;

/** A number of 20 digits, or with a point and 17; it follows what can stand before a value, so that texts seldom match. */
const LONG_NUMBER = String.raw`'(^|[:,\[])\s*-?(\d{20,}|\d+\.\d{16,}|\d{16,}\.\d+)'`;

function counted(condition: string): string {
  return `count(*) FILTER (WHERE ${condition})`;
}

/** Trailing zeros are cut, so that the same number has the same text in every database. */
function numeric(aggregate: string, column: string, logical: LogicalType): string | null {
  switch (logical.kind) {
    case 'boolean':
      return `${aggregate}(${column}::int)`;
    case 'integer':
      // The least and the greatest of a key are read off its index, but only of the column as it is.
      return `${aggregate}(${logical.unsigned ? exact(column, logical) : column})`;
    case 'decimal':
      return `trim_scale((${aggregate}(${exact(column, logical)}) ${ifFinite(column, logical)}))`;
    case 'date':
    case 'timestamp':
      return aggregate === 'sum' ? null : `${aggregate}(${column})`;
    default:
      return null;
  }
}

/** Also turns money into the number it stands for; integers by way of text, since oid, the only one without a sign, knows no other. */
function exact(column: string, { kind }: LogicalType): string {
  return kind === 'integer' ? `${column}::text::numeric` : `${column}::numeric`;
}

function isExact(logical: LogicalType): boolean {
  return logical.kind === 'integer' || logical.kind === 'decimal';
}

function isDate(logical: LogicalType): boolean {
  return logical.kind === 'date' || logical.kind === 'timestamp';
}

function ifFinite(column: string, logical: LogicalType): string {
  return logical.kind === 'decimal' ? `FILTER (WHERE NOT (${conditions.notFinite(column, logical)}))` : '';
}

/** The cast takes the blanks off char(n), which are not part of its value. */
function bytesOf(column: string, logical: LogicalType): string {
  return logical.kind === 'binary' ? column : `${column}::text`;
}

/** Only UTF-8 databases can hold characters outside the Basic Multilingual Plane. */
function wideCharacters(column: string): string {
  const wide = String.raw`${column}::text ~ '[\U00010000-\U0010FFFF]'`;
  return counted(`CASE WHEN current_setting('server_encoding') = 'UTF8' THEN ${wide} ELSE false END`);
}

/** The server checks its encoding on every write; SQL_ASCII means that it does not. */
function notUtf8(): string {
  return `CASE WHEN current_setting('server_encoding') = 'SQL_ASCII' THEN NULL ELSE '0' END`;
}
