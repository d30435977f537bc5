// Vitest's global set-up: one PostgreSQL and one MariaDB for all projects, checked for leftovers at the end.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { leftovers } from '../leaks.ts';
import type { RunningServer } from './launch.ts';
import { startMariadb } from './mariadb.ts';
import { startPostgres } from './postgres.ts';
import { addressOf, share } from './shared.ts';

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const scratch = await share('scratch', () => mkdtemp(join(tmpdir(), 'drover-test-scratch-')));
  project.provide('scratch', scratch.server);
  const [postgres, mariadb] = await Promise.all([share('postgres', startPostgres), share('mariadb', startMariadb)]);
  project.provide('postgres', addressOf(postgres.server));
  project.provide('mariadb', addressOf(mariadb.server));
  return async () => {
    await scratch.release((folder) => rm(folder, { recursive: true, force: true }));
    await Promise.all([postgres.release(stopChecked), mariadb.release(stopChecked)]);
  };
}

/** Stops the server; fails the run when a test left something of Drover's behind. */
export async function stopChecked(server: RunningServer): Promise<void> {
  let found: string[];
  try {
    found = await leftovers(server);
  } finally {
    await server.stop();
  }
  if (found.length > 0) throw new Error(`Tests left these behind on the server: ${found.join(', ')}`);
}
