// Asks all questions of one table in one scan: each is an aggregate that the server computes itself.

import type { LogicalType } from '../../../shared/model/logical-type.ts';
import type { Answers, Question } from '../../../shared/model/profile.ts';
import type { ProfileRequest } from '../session.ts';
import { conditions as odd, unicode, zeroByte } from './conditions.ts';
import type { Link } from './connection.ts';
import { telling } from './errors.ts';
import { tableReference } from './names.ts';
import { condition, quote } from './syntax.ts';

export async function profile(link: Link, request: ProfileRequest): Promise<Record<string, Answers>> {
  const asked = request.questions.flatMap((about) =>
    about.ask.flatMap((question) => {
      const odd = oddity(question, about);
      const sql = odd === null ? aggregate(question, quote(about.column), about.logical) : count(odd);
      return sql === null ? [] : [{ column: about.column, question, sql, odd }];
    }),
  );
  const answers: Record<string, Answers> = Object.fromEntries(request.questions.map(({ column }) => [column, {}]));
  if (asked.length === 0) return answers;
  const conditions = [
    ...(request.filter === null ? [] : [condition(request.filter, request.table.name)]),
    // Where only what is odd is counted, no other row need come as far as the counters, which take longer than the looking.
    ...(asked.every(({ odd }) => odd !== null)
      ? [`(${[...new Set(asked.map(({ odd }) => `(${odd})`))].join(' OR ')})`]
      : []),
  ];
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  const list = asked.map(({ sql }, i) => `CAST(${sql} AS CHAR) AS a${i}`).join(', ');
  const [row] = await telling(
    {
      what: `The values of ${request.table.name} can't be looked at`,
      code: 'inspect.failed',
      reads: true,
      where: { table: request.table.name },
    },
    () => link.query(`SELECT ${list} FROM ${tableReference(request.table, link.database)}${where}`),
  );
  asked.forEach(({ column, question }, i) => {
    const value = row?.[`a${i}`];
    answers[column] = { ...answers[column], [question]: value == null ? null : String(value) };
  });
  return answers;
}

type About = ProfileRequest['questions'][number];

/** What rows are counted by; null for questions of another kind. */
function oddity(question: Question, { column: name, logical, collation }: About): string | null {
  const column = quote(name);
  const text = unicode(column);
  switch (question) {
    case 'empty':
    case 'zeroDates':
      return odd[question](column);
    case 'nulCharacters':
      return logical.kind === 'text' && isPlain(collation) ? zeroByte(column) : odd.nulCharacters(column, logical);
    case 'timeOutsideDay':
      return `${column} < CAST('00:00:00' AS TIME) OR ${column} >= CAST('24:00:00' AS TIME)`;
    case 'dateOutsideRange':
    case 'notFinite':
    case 'notANumber':
      return 'FALSE';
    case 'negativeZero':
      return logical.kind === 'float' ? `${column} = 0 AND CAST(${column} * 1e0 AS CHAR) LIKE '-%'` : 'FALSE';
    case 'wideCharacters':
      // Two units of UTF-16 where others need one.
      return `OCTET_LENGTH(CONVERT(${column} USING utf16)) <> 2 * CHAR_LENGTH(${text})`;
    case 'notJson':
      return `NOT JSON_VALID(${column})`;
    case 'longJsonNumbers':
      return `${text} REGEXP '(^|[:,[])[[:space:]]*-?([0-9]{20,}|[0-9]+[.][0-9]{16,}|[0-9]{16,}[.][0-9]+)'`;
    case 'notIsoTimestamp':
      return `${text} NOT REGEXP '^[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?)?$'`;
    case 'notUtf8':
      return logical.kind === 'text' ? 'FALSE' : null;
    default:
      return null;
  }
}

/** Character sets in which a byte of zero is U+0000 and nothing else. */
function isPlain(collation: string | null | undefined): boolean {
  return /^(utf8|utf8mb3|utf8mb4|latin1|ascii)_/.test(collation ?? '');
}

/** Null where the question has no meaning for MySQL: it stays unanswered. */
function aggregate(question: Question, column: string, logical: LogicalType): string | null {
  const number = `${column} + 0`;
  const text = unicode(column);
  const bytes = logical.kind === 'binary' ? column : text;
  const shown = `CAST(${column} AS CHAR)`;
  switch (question) {
    case 'count':
      return 'COUNT(*)';
    case 'nonNull':
      return `COUNT(${column})`;
    case 'nulls':
      return `COUNT(*) - COUNT(${column})`;
    case 'min':
    case 'max':
      // Read off an index where there is one; the zeros that ZEROFILL puts in front are taken off behind.
      return logical.kind === 'integer' ? `${question}(${column}) + 0` : `${question}(${number})`;
    case 'sum':
      return logical.kind === 'integer' ? `SUM(${column})` : `SUM(${number})`;
    case 'octets':
      return `COALESCE(SUM(OCTET_LENGTH(${bytes})), 0)`;
    case 'maxChars':
      return `MAX(CHAR_LENGTH(${column}))`;
    case 'maxBytes':
      return `MAX(OCTET_LENGTH(${bytes}))`;
    case 'maxIntegerDigits':
      return `MAX(CHAR_LENGTH(SUBSTRING_INDEX(CAST(ABS(${number}) AS CHAR), '.', 1)))`;
    case 'maxScale':
      return `MAX(IF(LOCATE('.', ${shown}) = 0, 0, CHAR_LENGTH(TRIM(TRAILING '0' FROM SUBSTRING_INDEX(${shown}, '.', -1)))))`;
    default:
      return null;
  }
}

/** NULLs are not counted; an empty table counts 0. */
function count(sql: string): string {
  return `COUNT(IF(${sql}, 1, NULL))`;
}
