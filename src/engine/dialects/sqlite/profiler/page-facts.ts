// The quickest look at a table: at all its values in the pages of the file, without SQLite in between.

import type { Database } from 'better-sqlite3';
import type { LogicalType } from '../../../../shared/model/logical-type.ts';
import type { Answers } from '../../../../shared/model/profile.ts';
import type { ProfileRequest } from '../../session.ts';
import { physicalName } from '../names.ts';
import type { PageFile } from '../pages/page-file.ts';
import { assemble, isStrange, loadPages, placesOf, rootOf } from '../pages/page-reading.ts';
import { type Leaves, leavesOf } from '../pages/page-tree.ts';
import { rowidName } from '../rowid.ts';
import { GREATEST_ROWID, LEAST_ROWID } from '../scan.ts';
import { quote } from '../syntax.ts';
import { isToldByKind, ofDecimals, ofIntegers, ofMoments, ofReals, ofTexts } from './kind-answers.ts';
import { beginFacts, type Found, foundOf, kindOf, pageFactsKernel } from './page-facts-kernel.ts';
import { isPlainQuestion } from './plain-texts.ts';

/**
 * Answers of columns that hold nothing but ordinary values, also to questions that were not asked yet. A column with others
 * in it has none; no column has any where pages can't tell, or somebody changed the file meanwhile.
 */
export function pageAnswers(db: Database, file: PageFile, request: ProfileRequest): Record<string, Answers> {
  const { table, filter, questions } = request;
  const asked = questions.filter(
    ({ column, ask }) => column !== '' && ask.some((question) => isToldByKind(question) || isPlainQuestion(question)),
  );
  const name = physicalName(table);
  if (asked.length === 0 || table.query !== undefined || filter !== null) return {};
  if (asked.length > pageFactsKernel().exports.MOST_COLUMNS || rowidName(db, name) === null) return {};
  const places = placesOf(
    db,
    name,
    asked.map(({ column }) => column),
  );
  if (places === null) return {};
  const { exports, bytes } = pageFactsKernel();
  bytes.set(new Uint8Array(places.places.buffer), exports.PLACES);
  beginFacts(asked.map(({ logical }, i) => ({ logical, native: places.natives[i]! })));
  exports.begin(asked.length, places.stored);
  if (!lookedAtAll(db, file, name)) return {};
  return Object.fromEntries(
    asked.map(({ column, logical }, i) => [column, answersOf(logical, foundOf(i, kindOf(logical)))]),
  );
}

/** False where pages can't tell. Nobody who wants to write waits for longer than a piece takes. */
function lookedAtAll(db: Database, file: PageFile, table: string): boolean {
  const { exports } = pageFactsKernel();
  const most = Math.floor(exports.PAGES_CAPACITY / file.pageSize);
  try {
    const root = held(file, () => rootOf(db, table));
    if (!root) return false;
    const runs = leavesOf(file, root, { from: LEAST_ROWID, upto: GREATEST_ROWID }, most);
    for (let more = true; more; ) {
      const looked = held(file, () => {
        const { done, value: leaves } = runs.next();
        more = !done;
        return done ? isAll(db, table) : lookedAt(file, leaves);
      });
      if (!looked) return false;
    }
    return true;
  } catch (error) {
    if (isStrange(error)) return false;
    throw error;
  }
}

/** Null where somebody has changed the file. */
function held<T>(file: PageFile, look: () => T): T | null {
  if (!file.hold()) return null;
  try {
    return look();
  } finally {
    file.release();
  }
}

function lookedAt(file: PageFile, leaves: Leaves): boolean {
  const { exports, bytes } = pageFactsKernel();
  loadPages(file, leaves, bytes, exports.PAGES);
  const { pageSize, reserved } = file;
  let why = exports.look(leaves.pages, pageSize, reserved, 0, 0);
  while (why === exports.OVERFLOW) {
    const { page, cell, payloadSize } = exports;
    if (!assemble(file, exports, bytes) || exports.lookAtPayload(payloadSize) !== exports.DONE) return false;
    why = exports.look(leaves.pages, pageSize, reserved, page, cell + 1);
  }
  return why === exports.DONE;
}

/** What no test has foreseen must not pass unseen. */
function isAll(db: Database, table: string): boolean {
  const rows = db
    .prepare(`SELECT count(*) FROM main.${quote(table)}`)
    .pluck()
    .safeIntegers()
    .get();
  return rows === pageFactsKernel().exports.rows;
}

function answersOf(logical: LogicalType, found: Found): Answers {
  const { values, ends, longest, integers } = found;
  if (found.odd) return {};
  switch (logical.kind) {
    case 'boolean':
    case 'integer':
      return ofIntegers(values, ends?.[0], ends?.[1]);
    case 'decimal':
      return ofDecimals(values, integers, ends ?? [], logical.scale ?? 0);
    case 'float':
      return ofReals(values);
    case 'date':
    case 'timestamp':
      return ofMoments(values, values === 0n ? null : BigInt(longest));
    case 'text':
    case 'enum':
    case 'json':
      return { ...ofTexts(values), ...plainAnswers(found) };
    default:
      return plainAnswers(found);
  }
}

function plainAnswers({ nul, notUtf8, wide }: Found): Answers {
  // What comes behind U+0000 SQLite's functions do not see.
  if (nul) return {};
  // What is no UTF-8 SQLite may read as any character.
  if (notUtf8) return { nulCharacters: '0' };
  return { nulCharacters: '0', notUtf8: '0', ...(wide ? {} : { wideCharacters: '0' }) };
}
