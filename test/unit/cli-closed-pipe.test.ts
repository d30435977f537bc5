// Whoever stops reading what Drover writes sees no stack trace for it.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { program } from '../support/program.ts';

test.each([['--help'], ['migrate', '--help'], ['--version'], ['no-such-command']])('%s %s', async (...words) => {
  const child = spawn(process.execPath, [program('cli'), ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const [status] = await once(child, 'close');
  expect(errors).not.toMatch(/EPIPE|Error/);
  expect(status).toBe(words[0] === 'no-such-command' ? 2 : 0);
});
