// A history that can't be opened is told as what it is, and the process that met it ends.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openStore } from '../../src/engine/run/store/store.ts';

const STORE = new URL('../../src/engine/run/store/store.ts', import.meta.url).href;

it('names a damaged history, and does not keep the process alive', async () => {
  const home = mkdtempSync(join(tmpdir(), 'drover-damaged-'));
  try {
    writeFileSync(join(home, 'drover.db'), 'no database at all, however long one reads');
    await expect(openStore(home)).rejects.toMatchObject({ code: 'support.history-damaged' });
    const script = `const { openStore } = await import(${JSON.stringify(STORE)});
      await openStore(${JSON.stringify(home)}).catch(({ code }) => console.log(code));`;
    const ended = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
      timeout: 30_000,
    });
    expect(ended).toMatchObject({ signal: null, status: 0, stdout: 'support.history-damaged\n' });
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
});
