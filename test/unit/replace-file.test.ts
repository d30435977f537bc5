// Files that are replaced whole, by whoever comes.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'drover-replace-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const module = new URL('../../src/engine/support/replace-file.ts', import.meta.url).href;

test('two processes replace one file, and none takes the draft of the other away', async () => {
  const file = join(folder, 'checkpoint.json');
  const script = join(folder, 'replace.mts');
  writeFileSync(
    script,
    `import { replaceFile } from ${JSON.stringify(module)};
     for (let i = 0; i < 200; i++) await replaceFile(${JSON.stringify(file)}, 'whole '.repeat(1000));`,
  );
  const ends = [fork(script, { silent: true }), fork(script, { silent: true })].map((child) => once(child, 'exit'));
  expect((await Promise.all(ends)).map(([status]) => status)).toEqual([0, 0]);
  expect(readFileSync(file, 'utf8')).toBe('whole '.repeat(1000));
  expect(readdirSync(folder).toSorted()).toEqual(['checkpoint.json', 'replace.mts']);
});
