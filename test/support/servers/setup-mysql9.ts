// Vitest's global set-up of the project that also tests on a real MySQL 9.

import type { TestProject } from 'vitest/node';
import { startMysql9 } from './mysql9.ts';
import { stopChecked } from './setup.ts';
import { addressOf, share } from './shared.ts';

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { server, release } = await share('mysql9', startMysql9);
  if ('unavailable' in server) {
    process.stderr.write(`The project mysql9 is skipped: ${server.unavailable}\n`);
    project.provide('mysql9', server);
  } else {
    project.provide('mysql9', addressOf(server));
  }
  return () => release(async (running) => ('stop' in running ? stopChecked(running) : undefined));
}
