// Type-checks every layer with its own tsconfig, so that a layer sees only the libraries it may use.

import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';

const configs = readdirSync('.').filter((file) => /^tsconfig\.(?!base)\w+\.json$/.test(file));
let failed = 0;
for (const config of configs) {
  const result = spawnSync('tsc', ['-p', config], { stdio: 'inherit', shell: process.platform === 'win32' });
  if (result.status !== 0) failed++;
}
console.log(`${configs.length - failed} of ${configs.length} layers type-check`);
process.exitCode = failed === 0 ? 0 : 1;
