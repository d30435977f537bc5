// The oracle: compares what there is with what there must be, by the databases' own clients and none of the engine's code.

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { dump } from '../support/dump.ts';
import { objectsOfRun } from '../support/leaks.ts';
import { filesBelow } from '../support/program.ts';
import { PASSWORD } from '../support/servers/launch.ts';
import { rowQueries } from './fixture.ts';
import { servesNewTables } from './hanging.ts';
import type { Side, Subject } from './subject.ts';

const run = promisify(execFile);
const SESSIONS_GONE_WITHIN_MS = 5000;

/** Every row of the source is in the target as often as there, nothing else is, and what holds the tables together holds. */
export async function arrived({ source, target, hanging }: Subject): Promise<string[]> {
  const faults: string[] = [];
  const counts = new Map<string, number>();
  for (const table of ['things', 'marks', 'bare']) {
    const [there, here] = await Promise.all([rowsOf(source, table), rowsOf(target, table)]);
    counts.set(table, here.length);
    if (digestOf(there) === digestOf(here)) continue;
    const missing = difference(there, here);
    const extra = difference(here, there);
    faults.push(
      `${table}: ${there.length} rows in the source, ${here.length} in the target; missing ${missing.slice(0, 3).join(' ')}, too many ${extra.slice(0, 3).join(' ')}`,
    );
  }
  for (const [what, sql] of [
    ['the foreign key', "INSERT INTO marks VALUES (-1, -1, 'x')"],
    // A source that was emptied has nothing that a key could hold against a row.
    ...(counts.get('marks') ? [['the unique key', SECOND_LABEL] as const] : []),
    ['the primary key', 'INSERT INTO things (id) VALUES (1)'],
  ] as const) {
    if (await takes(target, sql)) faults.push(`${what} of the new tables does not hold`);
  }
  if (
    hanging.some((each) => /REFERENCES.*things/.test(each)) &&
    (await takes(target, 'INSERT INTO other VALUES (-77)'))
  ) {
    faults.push('the foreign key from outside does not hold');
  }
  return [...faults, ...(await servesNewTables(target, hanging))];
}

const SECOND_LABEL =
  'INSERT INTO marks SELECT -1, thing, label FROM (SELECT thing, label FROM marks WHERE label IS NOT NULL LIMIT 1) AS one';

/** The target to the last object and row as it was before. */
export async function asBefore({ target, before }: Subject): Promise<string[]> {
  const now = await dump(target);
  return now === before ? [] : [`the target is not as it was before: ${firstDifference(before, now)}`];
}

export async function sourceUntouched({ source, sourceBefore }: Subject): Promise<string[]> {
  const now = await dump(source);
  return now === sourceBefore ? [] : [`the source was changed: ${firstDifference(sourceBefore, now)}`];
}

/** Nothing of the run in the target, no session at either side, no private copy or temporary file, no secret anywhere. */
export async function nothingLeft(
  { source, target }: Subject,
  {
    runs,
    folder,
    said,
  }: { readonly runs: readonly string[]; readonly folder: string; readonly said: readonly string[] },
): Promise<string[]> {
  const faults: string[] = [];
  for (const name of runs.length > 0 ? runs : [null]) {
    for (const object of await objectsOfRun(target, name, { drop: false }))
      faults.push(`left in the target: ${object}`);
    const copies = name === null ? [] : readdirSync(join(folder, 'home', 'runs', name));
    for (const file of copies.filter((each) => /^source-|^lookups$|\.new$/.test(each)))
      faults.push(`left in the run's folder: ${file}`);
  }
  for (const side of [source, target]) {
    const left = await sessionsLeft(side);
    if (left.length > 0) faults.push(`left on the ${side === source ? 'source' : 'target'}: ${left.join('; ')}`);
    for (const suffix of side.family === 'sqlite' ? ['.drover-lock', '-journal', '-wal', '-shm'] : []) {
      if (isLeft(side.name + suffix)) faults.push(`left beside the file: ${suffix}`);
    }
    if (side.family === 'sqlite') faults.push(...draftsBeside(side.name));
  }
  if (said.some((text) => text.includes(PASSWORD))) faults.push('the password was written to a terminal');
  for (const file of filesBelow(folder)) {
    if (readFileSync(file).includes(PASSWORD)) faults.push(`the password stands in ${file}`);
  }
  return faults;
}

/** Of locks that were being made or removed. */
function draftsBeside(file: string): string[] {
  const name = `${basename(file)}.drover-lock.`;
  const left = readdirSync(dirname(file)).filter((each) => each.startsWith(name));
  return left.map((each) => `left beside the file: ${each}`);
}

/**
 * A journal whose head is still empty never had to be rolled back: SQLite leaves that of a killed writer to the next one
 * by itself, whoever that is.
 */
function isLeft(path: string): boolean {
  return existsSync(path) && !(path.endsWith('-journal') && (readFileSync(path)[0] ?? 0) === 0);
}

/** By psql, mariadb and sqlite3. */
async function rowsOf(side: Side, table: string): Promise<string[]> {
  const query = rowQueries(side.server)[table]!;
  const { hostname, port, username } = side.family === 'sqlite' ? new URL('x://') : new URL(side.url);
  const call = {
    postgres: () =>
      run('psql', ['-X', '-A', '-t', '-q', '-h', hostname, '-p', port, '-U', username, '-d', side.name, '-c', query], {
        env: { ...process.env, PGPASSWORD: side.password ?? '' },
        maxBuffer: 2 ** 28,
      }),
    mysql: () =>
      run(
        'mariadb',
        ['--no-defaults', '-N', '-B', '-h', hostname, '-P', port, '-u', username, side.name, '-e', query],
        {
          env: { ...process.env, MYSQL_PWD: side.password ?? '' },
          maxBuffer: 2 ** 28,
        },
      ),
    sqlite: () =>
      run('sqlite3', ['-batch', '-init', '/dev/null', '-readonly', side.name, query], { maxBuffer: 2 ** 28 }),
  }[side.family];
  const { stdout } = await call();
  return stdout.split('\n').filter((line) => line !== '');
}

/** The server may take a moment to notice that a client is gone. */
async function sessionsLeft(side: Side): Promise<string[]> {
  if (side.family === 'sqlite') return [];
  const query =
    side.family === 'postgres'
      ? `SELECT application_name || ' ' || state || ' ' || left(query, 80) FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name LIKE 'drover%'`
      : `SELECT CONCAT(COMMAND, ' ', COALESCE(LEFT(INFO, 80), '')) FROM information_schema.PROCESSLIST
         WHERE DB = DATABASE() AND ID <> CONNECTION_ID()`;
  const deadline = Date.now() + SESSIONS_GONE_WITHIN_MS;
  for (;;) {
    const found = await side.use((client) => client.ask(query));
    if (found.length === 0 || Date.now() > deadline) return found.map(([text]) => String(text));
    await sleep(50);
  }
}

/** Undone at once where it is taken. */
async function takes(target: Side, sql: string): Promise<boolean> {
  return target.use(async (client) => {
    if (target.family === 'sqlite') await client.run('PRAGMA foreign_keys = ON');
    await client.run('BEGIN');
    try {
      await client.run(sql);
      return true;
    } catch {
      return false;
    } finally {
      await client.run('ROLLBACK').catch(() => undefined);
    }
  });
}

function digestOf(rows: readonly string[]): string {
  const hash = createHash('sha256');
  for (const row of [...rows].sort()) hash.update(`${row}\n`);
  return hash.digest('hex');
}

function difference(these: readonly string[], those: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const row of those) counts.set(row, (counts.get(row) ?? 0) + 1);
  return these.filter((row) => {
    const left = counts.get(row) ?? 0;
    counts.set(row, left - 1);
    return left <= 0;
  });
}

function firstDifference(wanted: string, found: string): string {
  const [a, b] = [wanted.split('\n'), found.split('\n')];
  const at = a.findIndex((line, i) => line !== b[i]);
  const place = at < 0 ? a.length : at;
  return `wanted ${JSON.stringify(a[place]?.slice(0, 160))}, found ${JSON.stringify(b[place]?.slice(0, 160))}`;
}
