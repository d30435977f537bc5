// `npm run screens`: takes the pictures of docs/screens on real databases. No test, so not among the projects of npm test.

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/pictures/*.pictures.ts'],
    globalSetup: ['test/support/servers/setup.ts'],
    testTimeout: 600_000,
    hookTimeout: 120_000,
    maxWorkers: 1,
  },
});
