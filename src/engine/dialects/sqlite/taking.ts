// Takes rows of another SQLite file as they lie there, where reading and binding each value would give the very same.

import { setImmediate } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import type { LogicalType } from '../../../shared/model/logical-type.ts';
import type { ReadColumn, TargetColumn } from '../../../shared/model/plan.ts';
import type { LyingRows } from '../reading.ts';
import type { RunIdentity } from '../session.ts';
import type { LoadOrder } from '../writing.ts';
import { physicalName } from './names.ts';
import { quote } from './syntax.ts';
import { affinityOf } from './type-parse.ts';

/** Rows go over in ranges of their numbers, of about so long: between two of them others of the thread get their turn. */
const RANGE_MS = 50;
const FIRST_RANGE = 500n;

const SOURCE = 'drover_source';

/** Outside of a transaction. False where the file can't be reached so: its texts may be of another encoding. */
export function attachSource(db: Database, path: string): boolean {
  const attached = db.pragma('database_list') as { name: string; file: string }[];
  if (attached.some(({ name }) => name === SOURCE)) return true;
  try {
    db.prepare(`ATTACH ? AS ${SOURCE}`).run(path);
    db.pragma(`${SOURCE}.cache_size = -1024`);
    // As for whoever reads a source: its pages may be anything.
    db.pragma('cell_size_check = ON');
    return true;
  } catch {
    return false;
  }
}

/** Null where a column is of a type whose values come in several forms, or is another in the target. */
export function takingConditions({ table, columns }: LoadOrder, lying: LyingRows): string[] | null {
  const conditions = columns.map((name, i) => {
    const source = lying.columns[i];
    const target = table.columns.find((column) => column.name === name);
    return source && target ? asItArrives(source, target) : null;
  });
  return conditions.every((each) => each !== null) ? conditions : null;
}

/**
 * Within the chunk's transaction; the number of rows, or null where one of them would arrive in another form than it
 * lies there: then nothing was taken.
 */
export async function takeRows(
  db: Database,
  run: RunIdentity,
  order: LoadOrder,
  lying: LyingRows,
  conditions: readonly string[],
  signal: AbortSignal | undefined,
): Promise<number | null> {
  const into = `main.${quote(physicalName({ name: order.table.name, staging: run }))}`;
  const from = `${SOURCE}.${quote(lying.table)}`;
  const range = `${lying.rowid} BETWEEN ? AND ?`;
  const selected = lying.columns.map(({ name }) => quote(name)).join(', ');
  db.exec(`SAVEPOINT ${SOURCE}`);
  try {
    const insert = db.prepare(
      `INSERT INTO ${into} (${order.columns.map(quote).join(', ')})
       SELECT ${selected} FROM ${from} WHERE ${[range, ...conditions].join(' AND ')}`,
    );
    const count = db.prepare(`SELECT count(*) FROM ${from} WHERE ${range}`).pluck();
    let taken = 0;
    const { least, greatest } = numbersOf(db, from, lying);
    let numbers = FIRST_RANGE;
    for (let first = least; first <= greatest; ) {
      const last = first + numbers > greatest ? greatest : first + numbers - 1n;
      const began = performance.now();
      const { changes } = insert.run(first, last);
      if (changes !== count.get(first, last)) throw new OtherForm();
      taken += changes;
      const took = performance.now() - began;
      if (took < RANGE_MS) numbers *= 2n;
      else if (took > 2 * RANGE_MS && numbers > 1n) numbers /= 2n;
      first = last + 1n;
      await setImmediate();
      signal?.throwIfAborted();
    }
    db.exec(`RELEASE ${SOURCE}`);
    return taken;
  } catch {
    // Whoever reads the rows next ends as well where nobody wants them. Whatever was refused is refused again by the plain way, in words that name the column.
    db.exec(`ROLLBACK TO ${SOURCE}; RELEASE ${SOURCE}`);
    return null;
  }
}

class OtherForm extends Error {}

/** The numbers of the chunk's rows; where there are none, the least is above the greatest. */
function numbersOf(db: Database, from: string, { rowid, after, upto }: LyingRows): { least: bigint; greatest: bigint } {
  const [least, greatest] = db
    .prepare(`SELECT (SELECT min(${rowid}) FROM ${from}), (SELECT max(${rowid}) FROM ${from})`)
    .safeIntegers()
    .raw()
    .get() as [bigint | null, bigint | null];
  if (least === null || greatest === null) return { least: 1n, greatest: 0n };
  return {
    least: after === null || BigInt(after) < least ? least : BigInt(after) + 1n,
    greatest: upto === null || BigInt(upto) > greatest ? greatest : BigInt(upto),
  };
}

/**
 * Holds for a value that reading and binding leave as it is stored. Values that are not of the column's type at all
 * need no word here: the reader, which looks at each of them, refuses them.
 */
function asItArrives({ name, native, logical }: ReadColumn, target: TargetColumn): string | null {
  const c = quote(name);
  const affinity = affinityOf(native);
  if (affinity !== affinityOf(target.native)) return null;
  const numeric = affinity === 'integer' || affinity === 'numeric';
  const same = logical.kind === target.logical.kind;
  const is = (storage: 'integer' | 'real' | 'text' | 'blob') => `typeof(${c}) = '${storage}'`;
  const given = (condition: string) => `(${c} IS NULL OR ${condition})`;
  switch (logical.kind) {
    case 'text':
    case 'json':
    case 'enum':
    case 'set':
      // Which texts it holds was settled when it was planned; they are read and bound as they are.
      return isBoundAsText(target.logical) ? given(is('text')) : null;
    case 'boolean':
      return same && numeric ? given(is('integer')) : null;
    case 'integer':
      return same && numeric && !logical.unsigned ? given(is('integer')) : null;
    case 'decimal':
      // Of more digits a number may be stored in another way than the one in which it is bound.
      return same && numeric ? given(`${is('integer')} OR (${is('real')} AND ${c} > -1e14 AND ${c} < 1e14)`) : null;
    case 'float':
      return same && affinity === 'real' ? given(is('real')) : null;
    case 'binary':
      return same ? given(is('blob')) : null;
    case 'date':
      return same ? given(`(${is('text')} AND octet_length(${c}) = 10 AND ${c} GLOB '????-??-??')`) : null;
    case 'timestamp':
      return same && !logical.zone && isBoundAsText(target.logical)
        ? given(`(${is('text')} AND ${asWritten(c)})`)
        : null;
    default:
      return null;
  }
}

function isBoundAsText(logical: LogicalType): boolean {
  switch (logical.kind) {
    case 'text':
    case 'json':
    case 'enum':
    case 'set':
    case 'date':
      return true;
    case 'timestamp':
      return !logical.zone;
    default:
      return false;
  }
}

/** YYYY-MM-DD HH:MM:SS[.ffffff]: no T, no Z, no offset, and no part left out. */
function asWritten(c: string): string {
  const whole = `${c} GLOB '????-??-?? ??:??:??`;
  return `((octet_length(${c}) = 19 AND ${whole}') OR (${whole}.?*' AND substr(${c}, 21) NOT GLOB '*[^0-9]*'))`;
}
