// One vitest project per kind of test; those that need database servers share one set of them.

import { defineConfig } from 'vitest/config';
import { folderInMemory } from './test/support/servers/memory.ts';

const servers = ['test/support/servers/setup.ts'];
const withMysql9 = [...servers, 'test/support/servers/setup-mysql9.ts'];
// CI counts from a file; people read the terminal.
const report = process.env.DROVER_TEST_REPORT;
// Every process of a run, each worker and server, goes by it.
const memory = folderInMemory();
if (memory) process.env.TMPDIR ??= memory;
const patient = { testTimeout: 60_000, hookTimeout: 120_000 };

export default defineConfig({
  test: {
    // The servers under test want processors too.
    maxWorkers: 2,
    reporters: report ? ['default', 'json'] : ['default'],
    ...(report ? { outputFile: { json: report } } : {}),
    projects: [
      // Some go through millions of values; how long that takes is nobody's business here.
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'], testTimeout: 60_000 } },
      {
        test: { name: 'conformance', include: ['test/conformance/*.test.ts'], globalSetup: servers, ...patient },
      },
      { test: { name: 'matrix', include: ['test/matrix/*.test.ts'], globalSetup: servers, ...patient } },
      { test: { name: 'scenarios', include: ['test/scenarios/*.test.ts'], globalSetup: servers, ...patient } },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/*.test.ts'],
          globalSetup: servers,
          ...patient,
          testTimeout: 180_000,
          // A page has a second for what a busy machine takes many for.
          expect: { poll: { timeout: 30_000 } },
        },
      },
      // It has servers of its own, which it kills.
      { test: { name: 'faults', include: ['test/faults/*.test.ts'] } },
      {
        test: {
          name: 'mysql9',
          include: ['test/conformance/mysql9/*.test.ts', 'test/matrix/mysql9/*.test.ts'],
          globalSetup: withMysql9,
          ...patient,
        },
      },
    ],
  },
});
