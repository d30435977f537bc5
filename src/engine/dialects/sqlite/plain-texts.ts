// Walks through the texts of a table as bytes: whether all of them are plain takes far less than to judge each of them.

import { isAscii, isUtf8 } from 'node:buffer';
import type { Database } from 'better-sqlite3';
import type { Answers, Question } from '../../../shared/model/profile.ts';
import { createSweeper } from '../../support/memory.ts';
import type { ProfileRequest } from '../session.ts';
import { physicalName } from './names.ts';
import { rowidName } from './rowid.ts';
import { reference } from './scan.ts';
import { quote } from './syntax.ts';

const TOLD = ['nulCharacters', 'notUtf8', 'wideCharacters'] as const satisfies readonly Question[];
/** A page of texts is held in memory: so many rows, and no text that is longer than so many bytes. */
const ROWS = 500;
const LONG = 8192;

const sweep = createSweeper();

/**
 * Of the columns that are asked about them: that none holds U+0000, bytes beside UTF-8, or a character outside the Basic
 * Multilingual Plane. What one of them holds is not answered, nor anything where a text is long: each is asked singly then.
 */
export function plainTextAnswers(db: Database, { table, filter, questions }: ProfileRequest): Record<string, Answers> {
  const columns = questions
    .filter(({ column, ask }) => column !== '' && TOLD.some((question) => ask.includes(question)))
    .map(({ column }) => column);
  const rowid = table.query === undefined && filter === null ? rowidName(db, physicalName(table)) : null;
  if (columns.length === 0 || rowid === null) return {};
  const isLong = columns.map((column) => `octet_length(${quote(column)}) > ${LONG}`);
  // A line feed between them: what is no character at the end of one must not become one with the next.
  const joined = `concat_ws(char(10), ${columns.map((column, i) => `iif(${isLong[i]}, '', ${quote(column)})`).join(', ')}, '')`;
  const page = db
    .prepare(
      `SELECT CAST(group_concat(texts, '') AS BLOB), max(at), max(long) FROM
       (SELECT ${joined} AS texts, ${rowid} AS at, ${isLong.join(' OR ')} AS long
        FROM ${reference(table)} WHERE ${rowid} > ? ORDER BY ${rowid} LIMIT ${ROWS})`,
    )
    .safeIntegers()
    .raw();
  const absent = new Set(TOLD);
  let after: bigint | null = -(2n ** 63n);
  while (after !== null && absent.size > 0) {
    const [texts, last, long] = page.get(after) as [Buffer | null, bigint | null, bigint | null];
    if (long === 1n) return {};
    if (texts !== null) {
      for (const found of foundIn(texts)) absent.delete(found);
      sweep(texts.length);
    }
    after = last;
  }
  const answers: Answers = Object.fromEntries([...absent].map((question) => [question, '0']));
  return Object.fromEntries(columns.map((column) => [column, answers]));
}

/** First bytes of characters of four bytes. */
const WIDE = [0xf0, 0xf1, 0xf2, 0xf3, 0xf4];

function foundIn(bytes: Buffer): (typeof TOLD)[number][] {
  const nul = bytes.includes(0) ? (['nulCharacters'] as const) : [];
  if (isAscii(bytes)) return [...nul];
  const foreign = isUtf8(bytes) ? [] : (['notUtf8'] as const);
  return [...nul, ...foreign, ...(WIDE.some((byte) => bytes.includes(byte)) ? (['wideCharacters'] as const) : [])];
}
