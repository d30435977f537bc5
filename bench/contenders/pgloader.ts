// pgloader as a contender, where it is installed: the same whole migration, and the copy alone.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Address, type EngineName, withPassword } from '../engines.ts';
import { type Measured, measure } from '../measure.ts';
import type { Outcome } from './outcome.ts';

const PGLOADER = 'pgloader';

/** Of its default, 100,000 rows of some hundred bytes are more than its memory holds. */
const PREFETCH = 'prefetch rows = 25000';

const WORK = {
  whole: 'create tables, create indexes, reset sequences',
  // Building indexes while it copies would slow its copy down: for that figure it builds none.
  'copy only': 'create tables, create no indexes, reset no sequences',
} as const;
/** The contender's name when it copies and does nothing else. */
export const COPY_ONLY = 'pgloader, copy only';
export type PgloaderWork = keyof typeof WORK;

/** Its version, or null where it is not installed. */
export function pgloaderVersion(): string | null {
  const { status, stdout } = spawnSync(PGLOADER, ['--version'], { encoding: 'utf8' });
  return status === 0 ? (/"(.+)"/.exec(stdout)?.[1] ?? 'unknown') : null;
}

/** MySQL's newer password method is unknown to it. */
export function pgloaderMoves(source: EngineName, target: EngineName): boolean {
  return target === 'postgres' && (source === 'mariadb' || source === 'sqlite');
}

export async function runPgloader(
  source: Address,
  target: Address,
  work: PgloaderWork,
  folder: string,
  signal: AbortSignal,
): Promise<Outcome> {
  const own = mkdtempSync(join(folder, 'pgloader-'));
  try {
    const commands = join(own, 'commands.load');
    const summary = join(own, 'summary.json');
    writeFileSync(commands, commandsFor(source, target, work));
    const measured = await measure(
      {
        command: PGLOADER,
        args: ['--root-dir', own, '--logfile', join(own, 'log'), '--summary', summary, commands],
      },
      signal,
    );
    const text = readText(summary);
    return {
      contender: work === 'whole' ? 'pgloader' : COPY_ONLY,
      measured,
      failure: failureOf(work, measured),
      phases: {
        plan: null,
        copy: work === 'copy only' ? secondsOf(text, 'COPY Threads Completion') : null,
        index: null,
        verify: null,
      },
    };
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
}

function commandsFor(source: Address, target: Address, work: PgloaderWork): string {
  const into = withPassword(target).replace(/^postgres:/, 'postgresql:');
  if (source.family === 'sqlite') {
    return `LOAD DATABASE FROM sqlite://${source.name} INTO ${into} WITH include drop, ${PREFETCH}, ${WORK[work]};\n`;
  }
  const keys = work === 'whole' ? 'foreign keys' : 'no foreign keys';
  return (
    `LOAD DATABASE FROM ${withPassword(source)} INTO ${into} WITH include drop, ${PREFETCH}, ${WORK[work]}, ${keys}\n` +
    `ALTER SCHEMA '${source.name}' RENAME TO 'public';\n`
  );
}

/** It exits with 0 when rows were lost, so its log is read as well; the caller counts rows besides. */
function failureOf(work: PgloaderWork, { status, output, errors }: Measured): string | null {
  // From SQLite it tries foreign keys even without the indexes they need, after the copy that counts here.
  if (status === 0 && work === 'copy only') return null;
  const error = /(?:ERROR|FATAL|KABOOM|Heap exhausted)\b.*/.exec(output + errors);
  if (status === 0 && !error) return null;
  return `exit status ${status}${error ? `: ${error[0].slice(0, 200)}` : ''}`;
}

/** The summary is not quite JSON: names of tables are left out of it. */
function secondsOf(summary: string, phase: string): number | null {
  const found = new RegExp(`"NAME":"${phase}"[^}]*"SECS":([0-9.]+)`).exec(summary);
  return found ? Number(found[1]) : null;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
