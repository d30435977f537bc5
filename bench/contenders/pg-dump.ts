// PostgreSQL's own dump and restore, each with two connections, through a folder of files.

import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Address } from '../engines.ts';
import { measure, oneAfterTheOther } from '../measure.ts';
import { clientProgram, isInstalled } from './clients.ts';
import { type Outcome, statusOutcome } from './outcome.ts';

export const PG_DUMP = 'pg_dump -Fd -j2, pg_restore -j2';

/** It reads servers up to its own version; null where one of both is not installed. */
export function pgDumpMajor(): number | null {
  if (!isInstalled('pg_restore')) return null;
  const { status, stdout } = spawnSync('pg_dump', ['--version'], { encoding: 'utf8' });
  return status === 0 ? Number(/\d+/.exec(stdout)?.[0]) : null;
}

/** The folder with the server of that version, where the system's packages put it; null where they did not. */
export function serverBeside(major: number): string | null {
  const folder = `/usr/lib/postgresql/${major}/bin`;
  return existsSync(join(folder, 'initdb')) ? folder : null;
}

export async function runPgDump(
  source: Address,
  target: Address,
  folder: string,
  signal: AbortSignal,
): Promise<Outcome> {
  const files = join(folder, 'pg-dump');
  try {
    const dumped = await measure(clientProgram('pg_dump', source, ['-Fd', '-j2', '-f', files]), signal);
    const restored = await measure(clientProgram('pg_restore', target, ['-j2', files]), signal);
    return statusOutcome(PG_DUMP, oneAfterTheOther(dumped, restored));
  } finally {
    rmSync(files, { recursive: true, force: true });
  }
}
