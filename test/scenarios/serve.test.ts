// `drover serve` and `drover app` as processes: the line they print, what a page can do over it, and how they end.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { openStore } from '../../src/engine/run/store/store.ts';
import { openCli } from '../support/cli.ts';
import { filesBelow } from '../support/program.ts';
import { openPage, type Served, serve } from '../support/serve.ts';

const PATIENCE_MS = 20_000;
const CANARY = 'canary-31d0cc-password';

let served: Served | null = null;
afterEach(async () => {
  served?.child.kill('SIGKILL');
  await served?.ended;
  served = null;
});

async function start(words: readonly string[], environment?: Record<string, string>): Promise<Served> {
  served = await serve(words, environment);
  return served;
}

describe('drover serve', () => {
  test('prints one line with the address, serves the page’s calls, and ends with Ctrl-C', async () => {
    const { url, said, child, ended, folder } = await start(['serve', '--no-open']);
    expect(url.hostname).toBe('127.0.0.1');
    expect(said().trim().split('\n')).toHaveLength(1);
    const page = await openPage(url);
    expect((await page.call('desk', {})).home).toBe(join(folder, 'home'));
    expect(await page.call('run.active', {})).toEqual([]);
    child.kill('SIGINT');
    expect(await ended).toBe(0);
    expect(said().trim().split('\n')).toHaveLength(1);
  });

  test('keeps passwords and its token out of its arguments, its files and its output', async () => {
    const { url, said, child, ended, folder } = await start(['serve', '--no-open']);
    const page = await openPage(url);
    const database = `postgres://me:${CANARY}@127.0.0.1:1/shop`;
    await page.call('secrets.keep', { url: database, secret: CANARY, remember: true });
    await page.call('desk.connections', { connections: [{ name: 'shop', url: database }] });
    await expect(page.call('connect.test', { url: database, password: CANARY })).rejects.toMatchObject({
      code: 'connect.unreachable',
    });
    if (existsSync('/proc')) {
      const words =
        readFileSync(`/proc/${child.pid}/cmdline`, 'utf8') + readFileSync(`/proc/${child.pid}/environ`, 'utf8');
      expect(words).not.toContain(CANARY);
      expect(words).not.toContain(url.searchParams.get('token'));
    }
    child.kill('SIGINT');
    await ended;
    const files = filesBelow(folder);
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      expect(readFileSync(file).includes(CANARY), file).toBe(false);
      expect(readFileSync(file).includes(url.searchParams.get('token')!), file).toBe(false);
    }
    expect(said()).not.toContain(CANARY);
  });

  test('with a run under way, Ctrl-C says that it goes on; a second one leaves it, to be resumed', async () => {
    const { url, said, child, ended, folder } = await start(['serve', '--no-open']);
    const page = await openPage(url);
    const sample = await page.call('sample.make', {});
    const source = { url: sample.source, password: null };
    const target = { url: sample.target, password: null };
    const project = await page.call('map', { source, target, name: 'shop' });
    const { run } = await page.call('run.start', { project, source, target, options: { workers: 1, batchSize: 500 } });
    // However fast the machine is, it is under way.
    await page.call('run.pause', { run });
    child.kill('SIGINT');
    await vi.waitFor(() => expect(said()).toContain('1 run under way (shop): it goes on'), PATIENCE_MS);
    expect(await page.call('run.active', {})).toMatchObject([{ project: 'shop' }]);
    // Sooner it would be taken for the same one, which npm passed on.
    await sleep(600);
    child.kill('SIGINT');
    expect(await ended).toBe(4);
    expect(said()).toContain(`drover resume ${run}`);
    const store = await openStore(join(folder, 'home'));
    expect((await store.find(run)).state).toBe('interrupted');
    await store.close();
  });

  test('a port that is taken is refused before anything is touched', async () => {
    const { url } = await start(['serve', '--no-open']);
    const cli = openCli();
    const { status, stderr } = await cli.run(['serve', '--no-open', '--port', url.port]);
    expect(status).toBe(2);
    expect(stderr).toContain(`cannot listen on port ${url.port}`);
    cli.close();
  });
});

test('drover app without a display serves, and says in one message how to get the window', async () => {
  const { said, child, ended } = await start(['app']);
  const lines = said().trim().split('\n');
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('There is no display here');
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
});
