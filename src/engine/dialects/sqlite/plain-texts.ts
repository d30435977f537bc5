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
/** A page of texts is held in memory: so many rows, so many texts, and none that is longer than so many bytes. */
const ROWS = 1000;
const TEXTS = 8000;
const LONG = 4096;

const sweep = createSweeper();

export function isPlainQuestion(question: Question): boolean {
  return (TOLD as readonly Question[]).includes(question);
}

/**
 * Of the columns that are asked about them: that none holds U+0000, bytes beside UTF-8, or a character outside the Basic
 * Multilingual Plane. What one of them holds is not answered, nor anything where a text is long or holds U+0000: each is
 * asked singly then.
 */
export function plainTextAnswers(db: Database, { table, filter, questions }: ProfileRequest): Record<string, Answers> {
  const columns = questions
    .filter(({ column, ask }) => column !== '' && ask.some(isPlainQuestion))
    .map(({ column }) => column);
  const rowid = table.query === undefined && filter === null ? rowidName(db, physicalName(table)) : null;
  if (columns.length === 0 || columns.length > MOST || rowid === null) return {};
  const rows = Math.min(ROWS, Math.max(1, Math.floor(TEXTS / columns.length)));
  const page = db
    .prepare(
      `SELECT max(at), ${columns.map((_, i) => joined(`c${i}`)).join(', ')} FROM
       (SELECT ${rowid} AS at, ${columns.map((column, i) => `${quote(column)} AS c${i}`).join(', ')}
        FROM ${reference(table)} WHERE ${rowid} > ? ORDER BY ${rowid} LIMIT ${rows})`,
    )
    .safeIntegers()
    .raw();
  const absent = new Set(TOLD);
  let after: bigint | null = -(2n ** 63n);
  while (after !== null && absent.size > 0) {
    const [last, ...texts] = page.get(after) as [bigint | null, ...(Buffer | null)[]];
    for (const bytes of texts) {
      if (bytes === null) continue;
      if (bytes.includes(0)) return {};
      for (const found of foundIn(bytes)) absent.delete(found);
      sweep(bytes.length);
    }
    after = last;
  }
  const answers: Answers = Object.fromEntries([...absent].map((question) => [question, '0']));
  return Object.fromEntries(columns.map((column) => [column, answers]));
}

/** SQLite takes 2,000 columns in one result. */
const MOST = 1900;

/**
 * A line feed between them: what is no character at the end of one must not become one with the next. U+0000 stands for a
 * long one.
 */
function joined(c: string): string {
  return `CAST(group_concat(CASE WHEN octet_length(${c}) > ${LONG} THEN char(0) ELSE ${c} END, char(10)) AS BLOB)`;
}

/** First bytes of characters of four bytes. */
const WIDE = [0xf0, 0xf1, 0xf2, 0xf3, 0xf4];

function foundIn(bytes: Buffer): (typeof TOLD)[number][] {
  if (isAscii(bytes)) return [];
  // What is no UTF-8 SQLite may read as any character.
  if (!isUtf8(bytes)) return ['notUtf8', 'wideCharacters'];
  return WIDE.some((byte) => bytes.includes(byte)) ? ['wideCharacters'] : [];
}
