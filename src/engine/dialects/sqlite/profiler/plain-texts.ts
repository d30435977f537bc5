// Walks through the texts of a table as bytes: whether all of them are plain takes far less than to judge each of them.

import { isAscii, isUtf8 } from 'node:buffer';
import type { Database, Statement } from 'better-sqlite3';
import type { Answers, Question } from '../../../../shared/model/profile.ts';
import { createSweeper } from '../../../support/memory.ts';
import type { ProfileRequest } from '../../session.ts';
import { physicalName } from '../names.ts';
import { rowidName } from '../rowid.ts';
import { reference } from '../scan.ts';
import { quote } from '../syntax.ts';

const TOLD = ['nulCharacters', 'notUtf8', 'wideCharacters'] as const satisfies readonly Question[];
/** A page of texts is held in memory: so many rows, so many texts, and none that is longer than so many bytes. */
const ROWS = 1000;
const TEXTS = 8000;
const LONG = 4096;
/** Longer ones are looked at one by one, up to so many bytes. */
const LONGEST = 64 * 1024 * 1024;

const sweep = createSweeper();

export function isPlainQuestion(question: Question): boolean {
  return (TOLD as readonly Question[]).includes(question);
}

/**
 * Of the columns that are asked about them: that none holds U+0000, bytes beside UTF-8, or a character outside the Basic
 * Multilingual Plane. What one of them holds is not answered, nor anything where a text holds U+0000 or is of enormous
 * length: each is asked singly then.
 */
export function plainTextAnswers(db: Database, { table, filter, questions }: ProfileRequest): Record<string, Answers> {
  const columns = questions
    .filter(({ column, ask }) => column !== '' && ask.some(isPlainQuestion))
    .map(({ column }) => column);
  const rowid = table.query === undefined && filter === null ? rowidName(db, physicalName(table)) : null;
  if (columns.length === 0 || columns.length > MOST || rowid === null) return {};
  const absent = new Set(TOLD);
  for (const bytes of texts(db, { from: reference(table), columns, rowid })) {
    if (bytes === 'strange') return {};
    for (const found of foundIn(bytes)) absent.delete(found);
    if (absent.size === 0) break;
    sweep(bytes.length);
  }
  const answers: Answers = Object.fromEntries([...absent].map((question) => [question, '0']));
  return Object.fromEntries(columns.map((column) => [column, answers]));
}

/** SQLite takes 2,000 columns in one result. */
const MOST = 1900;

interface Walk {
  /** The table, quoted. */
  readonly from: string;
  readonly columns: readonly string[];
  readonly rowid: string;
}

/** Texts of all columns, many of them joined: their bytes, without U+0000; else they are strange, and it ends. */
function* texts(db: Database, { from, columns, rowid }: Walk): Generator<Buffer | 'strange'> {
  const rows = Math.min(ROWS, Math.max(1, Math.floor(TEXTS / columns.length)));
  const page = db
    .prepare(
      `SELECT max(at), ${columns.map((_, i) => joined(`c${i}`)).join(', ')} FROM
       (SELECT ${rowid} AS at, ${columns.map((column, i) => `${quote(column)} AS c${i}`).join(', ')}
        FROM ${from} WHERE ${rowid} > ? ORDER BY ${rowid} LIMIT ${rows})`,
    )
    .safeIntegers()
    .raw();
  let after: bigint | null = -(2n ** 63n);
  while (after !== null) {
    const [last, ...short] = page.get(after) as [bigint | null, ...(Buffer | null)[]];
    for (const [i, bytes] of short.entries()) {
      if (bytes === null) continue;
      const marks = zeros(bytes);
      let long = 0;
      if (marks > 0) {
        for (const text of longTexts(db, { from, column: columns[i]!, rowid }).iterate(after, last)) {
          long++;
          yield text.includes(0) ? 'strange' : text;
        }
      }
      // A mark that stands for no long text is a U+0000, or stands for one that is too long for this.
      yield long === marks ? bytes : 'strange';
    }
    after = last;
  }
}

function longTexts(
  db: Database,
  { from, column, rowid }: Pick<Walk, 'from' | 'rowid'> & { readonly column: string },
): Statement<[bigint, bigint | null], Buffer> {
  const c = quote(column);
  return db
    .prepare<[bigint, bigint | null], Buffer>(
      `SELECT CAST(${c} AS BLOB) FROM ${from} WHERE ${rowid} > ? AND ${rowid} <= ?
       AND octet_length(${c}) BETWEEN ${LONG + 1} AND ${LONGEST}`,
    )
    .pluck();
}

/**
 * A line feed between them: what is no character at the end of one must not become one with the next. U+0000 stands for a
 * long one.
 */
function joined(c: string): string {
  return `CAST(group_concat(CASE WHEN octet_length(${c}) > ${LONG} THEN char(0) ELSE ${c} END, char(10)) AS BLOB)`;
}

function zeros(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(0); at >= 0; at = bytes.indexOf(0, at + 1)) count++;
  return count;
}

/** First bytes of characters of four bytes. */
const WIDE = [0xf0, 0xf1, 0xf2, 0xf3, 0xf4];

function foundIn(bytes: Buffer): (typeof TOLD)[number][] {
  if (isAscii(bytes)) return [];
  // What is no UTF-8 SQLite may read as any character.
  if (!isUtf8(bytes)) return ['notUtf8', 'wideCharacters'];
  return WIDE.some((byte) => bytes.includes(byte)) ? ['wideCharacters'] : [];
}
