// The desk: settings, recent projects, connections, projects, files, the sample, secrets.

import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDesk, type Desk } from '../../src/host/desk/desk.ts';
import { type Keychain, noKeychain } from '../../src/host/desk/secrets.ts';
import { keepPrivate } from '../../src/host/private-home.ts';
import { newShop } from '../../src/host/sample/new-shop.ts';
import type { Project } from '../../src/shared/model/mapping.ts';
import { filesBelow } from '../support/program.ts';

const CANARY = 'canary-9f2c7d-password';
const sampleUrl = new URL('../../src/host/sample/make.ts', import.meta.url);

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'drover-desk-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function openDesk(keychain: Keychain = noKeychain('There is none here.'), environment: NodeJS.ProcessEnv = {}): Desk {
  let clock = Date.UTC(2026, 0, 1);
  const now = () => {
    clock += 1000;
    return new Date(clock);
  };
  return createDesk({ home, version: '1.2.3', keychain, environment, sampleUrl, now });
}

function project(name: string, source = 'sqlite:/data/a.db'): Project {
  return {
    drover: 1,
    name,
    source: { url: source, fingerprint: 'f1' },
    target: { url: 'postgres://me@db:5432/shop?schema=public', fingerprint: 'f2' },
    naming: 'keep',
    tables: [],
  };
}

describe('settings', () => {
  test('begin with defaults, and what is not given stays', async () => {
    const { handlers } = openDesk();
    expect((await handlers.desk({})).settings).toEqual({
      theme: 'system',
      workers: null,
      batchSize: null,
      memoryLimit: null,
    });
    await handlers['desk.settings']({ theme: 'dark' });
    const after = await handlers['desk.settings']({ workers: 3, theme: undefined });
    expect(after).toEqual({ theme: 'dark', workers: 3, batchSize: null, memoryLimit: null });
    expect((await openDesk().handlers.desk({})).settings).toEqual(after);
  });

  test('two changes at once both last', async () => {
    const { handlers } = openDesk();
    await Promise.all([handlers['desk.settings']({ workers: 4 }), handlers['desk.settings']({ theme: 'light' })]);
    expect((await handlers.desk({})).settings).toMatchObject({ workers: 4, theme: 'light' });
  });

  test.each(['{ half', '{"theme":"neon"}', ''])(
    'a file that holds %j counts as empty and is kept beside',
    async (text) => {
      writeFileSync(join(home, 'settings.json'), text);
      const { handlers } = openDesk();
      expect((await handlers.desk({})).settings.theme).toBe('system');
      expect(readFileSync(join(home, 'settings.json.broken'), 'utf8')).toBe(text);
    },
  );

  test('that cannot be written are an error, and leave nothing half-written', async () => {
    mkdirSync(join(home, 'settings.json', 'in the way'), { recursive: true });
    await expect(openDesk().handlers['desk.settings']({ workers: 2 })).rejects.toMatchObject({
      code: 'project.unwritable',
    });
    expect(readdirSync(home).filter((name) => name.endsWith('.new'))).toEqual([]);
  });
});

describe('connections', () => {
  test('are kept without the password in their URL', async () => {
    const { handlers } = openDesk();
    const saved = await handlers['desk.connections']({
      connections: [{ name: 'shop', url: `postgres://me:${CANARY}@db/shop` }],
    });
    expect(saved).toEqual([{ name: 'shop', url: 'postgres://me@db:5432/shop?schema=public' }]);
    expect((await handlers.desk({})).connections).toEqual(saved);
    for (const file of filesBelow(home)) expect(readFileSync(file, 'utf8')).not.toContain(CANARY);
  });

  test('whose URL is none are refused, and the others stay', async () => {
    const { handlers } = openDesk();
    await handlers['desk.connections']({ connections: [{ name: 'a', url: 'sqlite:/a.db' }] });
    await expect(handlers['desk.connections']({ connections: [{ name: 'b', url: 'nonsense' }] })).rejects.toMatchObject(
      { code: 'connect.unknown-scheme' },
    );
    expect((await handlers.desk({})).connections).toEqual([{ name: 'a', url: 'sqlite:/a.db' }]);
  });
});

describe('projects', () => {
  test('without a path are saved under a free name among Drover’s own', async () => {
    const { handlers } = openDesk();
    const paths = [];
    for (let i = 0; i < 3; i++) {
      paths.push(
        (await handlers['project.save']({ path: null, project: project('my shop: 2/3'), version: null })).path,
      );
    }
    const folder = join(home, 'projects');
    expect(paths).toEqual(
      ['my shop- 2-3', 'my shop- 2-3-2', 'my shop- 2-3-3'].map((name) => join(folder, `${name}.drover.json`)),
    );
    expect(readdirSync(folder)).toHaveLength(3);
  });

  test.each(['../../escape', '..', '/etc/passwd', '', '   '])('named %j stay in their folder', async (name) => {
    const { path } = await openDesk().handlers['project.save']({ path: null, project: project(name), version: null });
    expect(dirname(path)).toBe(join(home, 'projects'));
  });

  test('are read as they were saved', async () => {
    const { handlers } = openDesk();
    const { path } = await handlers['project.save']({ path: null, project: project('shop'), version: null });
    expect(await handlers['project.open']({ path })).toMatchObject({ path, project: project('shop') });
  });

  test('lose a password in their URLs', async () => {
    const { handlers } = openDesk();
    await handlers['project.save']({
      path: null,
      project: project('shop', `mysql://root:${CANARY}@db/x`),
      version: null,
    });
    for (const file of filesBelow(home)) expect(readFileSync(file, 'utf8')).not.toContain(CANARY);
    expect((await handlers.desk({})).recent[0]?.source).toBe('mysql://root@db:3306/x');
  });

  test('open with absolute paths, and a relative one stays so in the file', async () => {
    const { handlers } = openDesk();
    const path = join(home, 'here.drover.json');
    writeFileSync(path, JSON.stringify(project('here', 'sqlite:data/a.db')));
    const opened = await handlers['project.open']({ path });
    expect(opened.project.source.url).toBe(`sqlite:${join(home, 'data/a.db')}`);
    await handlers['project.save']({ path, project: { ...opened.project, name: 'renamed' }, version: opened.version });
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({
      name: 'renamed',
      source: { url: 'sqlite:data/a.db' },
    });
  });

  test('that are not there or broken are told by their path', async () => {
    const { handlers } = openDesk();
    const missing = join(home, 'missing.drover.json');
    await expect(handlers['project.open']({ path: missing })).rejects.toMatchObject({ code: 'project.missing-file' });
    const broken = join(home, 'broken.drover.json');
    writeFileSync(broken, '{');
    const failure = handlers['project.open']({ path: broken });
    await expect(failure).rejects.toMatchObject({ code: 'project.not-json' });
    await expect(failure).rejects.toThrow(broken);
  });

  test('a password in a file is taken out when it is opened, and opens the database all the same', async () => {
    const { handlers, passwordOf } = openDesk();
    const path = join(home, 'hand-made.drover.json');
    const typed = project('hand-made', `postgres://me:${CANARY}@db/shop`);
    writeFileSync(path, JSON.stringify(typed));
    const opened = await handlers['project.open']({ path });
    expect(opened.project.source.url).toBe('postgres://me@db:5432/shop?schema=public');
    expect(await passwordOf(opened.project.source.url)).toBe(CANARY);
    expect(JSON.stringify([opened, await handlers.desk({})])).not.toContain(CANARY);
    const elsewhere = filesBelow(home).filter((file) => file !== path);
    expect(elsewhere.filter((file) => readFileSync(file, 'utf8').includes(CANARY))).toEqual([]);
    await handlers['project.save']({ path, project: opened.project, version: opened.version });
    expect(readFileSync(path, 'utf8')).not.toContain(CANARY);
  });

  test('a password typed since stays when the file with another is opened once more', async () => {
    const { handlers, passwordOf } = openDesk();
    const path = join(home, 'hand-made.drover.json');
    writeFileSync(path, JSON.stringify(project('hand-made', 'postgres://me:old@db/shop')));
    const { url } = (await handlers['project.open']({ path })).project.source;
    await handlers['secrets.keep']({ url, secret: 'typed', remember: false });
    await handlers['project.open']({ path });
    expect(await passwordOf(url)).toBe('typed');
    writeFileSync(path, JSON.stringify(project('hand-made', 'postgres://me:newer@db/shop')));
    await handlers['project.open']({ path });
    expect(await passwordOf(url)).toBe('newer');
  });

  test('what stands in a URL that can’t be read is not told either', async () => {
    const { handlers } = openDesk();
    const path = join(home, 'odd.drover.json');
    writeFileSync(path, JSON.stringify(project('odd', `oracle://me:${CANARY}@db/shop`)));
    const opened = await handlers['project.open']({ path });
    expect(opened.project.source.url).toBe('oracle://me@db/shop');
    expect(JSON.stringify(await handlers.desk({}))).not.toContain(CANARY);
  });

  test('a file that was changed elsewhere is not written over, unless that is wished', async () => {
    const { handlers } = openDesk();
    const { path, version } = await handlers['project.save']({ path: null, project: project('shop'), version: null });
    const { version: second } = await handlers['project.save']({ path, project: project('shop 2'), version });
    // Another page has the first version in its hands.
    const late = handlers['project.save']({ path, project: project('late'), version });
    await expect(late).rejects.toMatchObject({ code: 'project.changed-elsewhere' });
    expect((await handlers['project.open']({ path })).version).toBe(second);
    writeFileSync(path, JSON.stringify(project('by an editor')));
    const after = handlers['project.save']({ path, project: project('mine'), version: second });
    await expect(after).rejects.toMatchObject({ code: 'project.changed-elsewhere' });
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ name: 'by an editor' });
    await handlers['project.save']({ path, project: project('mine'), version: null });
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ name: 'mine' });
  });

  test('a file that is gone is written anew', async () => {
    const { handlers } = openDesk();
    const { path, version } = await handlers['project.save']({ path: null, project: project('shop'), version: null });
    rmSync(path);
    await handlers['project.save']({ path, project: project('again'), version });
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ name: 'again' });
  });

  test('among Drover’s own are for nobody else’s eyes; a file elsewhere keeps its mode', async () => {
    const { handlers } = openDesk();
    const { path } = await handlers['project.save']({ path: null, project: project('shop'), version: null });
    expect(modeOf(path)).toBe(0o600);
    expect(modeOf(dirname(path))).toBe(0o700);
    const elsewhere = join(home, 'elsewhere.drover.json');
    writeFileSync(elsewhere, JSON.stringify(project('elsewhere')));
    chmodSync(elsewhere, 0o640);
    await handlers['project.save']({ path: elsewhere, project: project('elsewhere'), version: null });
    expect(modeOf(elsewhere)).toBe(0o640);
  });

  test('the last of many saves is the one that stays', async () => {
    const { handlers } = openDesk();
    const path = join(home, 'often.drover.json');
    const saves = Array.from({ length: 20 }, (_, i) =>
      handlers['project.save']({ path, project: project(`v${i}`), version: null }),
    );
    await Promise.all(saves);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ name: 'v19' });
    expect(readdirSync(home).filter((name) => name.endsWith('.new'))).toEqual([]);
  });
});

function modeOf(path: string): number {
  return statSync(path).mode & 0o777;
}

describe('recent projects', () => {
  test('an older list with a password in it loses it', async () => {
    const file = join(home, 'recent.json');
    const entry = { path: '/p', name: 'p', source: 'sqlite:/a.db', openedAt: '2026-01-01T00:00:00Z' };
    writeFileSync(file, JSON.stringify([{ ...entry, target: `postgres://me:${CANARY}@db/shop` }]));
    const { recent } = await openDesk().handlers.desk({});
    expect(recent[0]?.target).toBe('postgres://me@db:5432/shop?schema=public');
    expect(readFileSync(file, 'utf8')).not.toContain(CANARY);
  });

  test('are the last thirty, newest first, each once', async () => {
    const { handlers } = openDesk();
    const at = (i: number) => join(home, `p${i}.drover.json`);
    for (let i = 0; i < 32; i++)
      await handlers['project.save']({ path: at(i), project: project(`p${i}`), version: null });
    await handlers['project.open']({ path: at(20) });
    const { recent } = await handlers.desk({});
    expect(recent).toHaveLength(30);
    expect(recent.slice(0, 2).map(({ name }) => name)).toEqual(['p20', 'p31']);
    expect(new Set(recent.map(({ path }) => path)).size).toBe(30);
    expect(recent[0]!.openedAt > recent[1]!.openedAt).toBe(true);
  });

  test('tell when a file is gone, and can be forgotten', async () => {
    const { handlers } = openDesk();
    const { path } = await handlers['project.save']({ path: null, project: project('shop'), version: null });
    rmSync(path);
    expect((await handlers.desk({})).recent).toMatchObject([{ path, exists: false }]);
    await handlers['desk.forget']({ path });
    expect((await handlers.desk({})).recent).toEqual([]);
  });
});

describe('files', () => {
  test('come folders first, by name, without the hidden ones', async () => {
    for (const folder of ['zoo', 'Alpha', '.hidden']) mkdirSync(join(home, folder));
    for (const file of ['b10.db', 'b9.db', 'A.db', '.secret']) writeFileSync(join(home, file), 'four');
    const { folder, parent, entries } = await openDesk().handlers['files.list']({ folder: home });
    expect({ folder, parent }).toEqual({ folder: home, parent: dirname(home) });
    expect(entries.map(({ name }) => name)).toEqual(['Alpha', 'zoo', 'A.db', 'b9.db', 'b10.db']);
    expect(entries[2]).toMatchObject({ kind: 'file', bytes: 4, path: join(home, 'A.db') });
  });

  test('begin in the person’s own folder; the root has no parent', async () => {
    const { handlers } = openDesk();
    expect((await handlers['files.list']({ folder: null })).folder).toBe(homedir());
    expect((await handlers['files.list']({ folder: '/' })).parent).toBeNull();
  });

  test('of a folder that is none are an error in words', async () => {
    const { handlers } = openDesk();
    const file = join(home, 'file');
    writeFileSync(file, '');
    await expect(handlers['files.list']({ folder: file })).rejects.toThrow('it is a file');
    await expect(handlers['files.list']({ folder: join(home, 'nope') })).rejects.toMatchObject({
      code: 'files.unreadable',
      message: expect.stringContaining('it is not there'),
    });
  });
});

test('the sample is made once, while the host goes on answering', async () => {
  const { handlers } = openDesk();
  let turns = 0;
  const timer = setInterval(() => turns++, 5);
  const [first, second] = await Promise.all([handlers['sample.make']({}), handlers['sample.make']({})]);
  clearInterval(timer);
  const file = join(home, 'sample', 'legacy_shop.db');
  expect(first).toEqual({
    name: 'legacy-shop',
    source: `sqlite:${file}`,
    target: `sqlite:${join(home, 'sample', 'new_shop.db')}`,
    reshape: newShop('sqlite'),
  });
  expect(second).toEqual(first);
  // In the host's own thread there would be none.
  expect(turns).toBeGreaterThan(10);
  expect(readdirSync(join(home, 'sample'))).toEqual(['legacy_shop.db']);
  const database = new Database(file, { readonly: true });
  expect(database.prepare('SELECT count(*) AS n FROM order_items').get()).toEqual({ n: 456_789 });
  database.close();
  await handlers['sample.make']({});
}, 60_000);

describe('secrets', () => {
  const url = 'postgres://me@db:5432/shop?schema=public';

  function keychain(): Keychain & { readonly held: Map<string, string> } {
    const held = new Map<string, string>();
    return {
      held,
      available: async () => ({ available: true, reason: null }),
      get: async (key) => held.get(key) ?? null,
      set: async (key, secret) => {
        held.set(key, secret);
      },
      delete: async (key) => {
        held.delete(key);
      },
    };
  }

  test('stay in memory where there is no keychain, under the URL without a password, and never reach a file', async () => {
    const { handlers, passwordOf } = openDesk();
    const state = await handlers['secrets.keep']({
      url: 'postgres://me:other@db/shop',
      secret: CANARY,
      remember: true,
    });
    expect(state).toEqual({ place: 'memory', keychain: { available: false, reason: 'There is none here.' } });
    expect(await passwordOf(url)).toBe(CANARY);
    await handlers['desk.settings']({ workers: 1 });
    for (const file of filesBelow(home)) expect(readFileSync(file, 'utf8')).not.toContain(CANARY);
    expect(JSON.stringify(await handlers.desk({}))).not.toContain(CANARY);
    expect(await handlers['secrets.forget']({ url })).toMatchObject({ place: 'none' });
    expect(await passwordOf(url)).toBeNull();
  });

  test('that shall be remembered go to the keychain alone, and out of it when they shall not', async () => {
    const chain = keychain();
    const { handlers, passwordOf } = openDesk(chain);
    expect(await handlers['secrets.keep']({ url, secret: 'one', remember: true })).toMatchObject({ place: 'keychain' });
    expect([...chain.held]).toEqual([[url, 'one']]);
    expect(await passwordOf(url)).toBe('one');
    expect(await handlers['secrets.keep']({ url, secret: 'two', remember: false })).toMatchObject({ place: 'memory' });
    expect(chain.held.size).toBe(0);
    expect(await passwordOf(url)).toBe('two');
    expect(await handlers['secrets.keep']({ url, secret: 'three', remember: true })).toMatchObject({
      place: 'keychain',
    });
    expect(await passwordOf(url)).toBe('three');
    expect(await handlers['secrets.forget']({ url })).toMatchObject({ place: 'none' });
    expect(chain.held.size).toBe(0);
  });

  test('stay with a login when the way to it changes, and never go to another one', async () => {
    const chain = keychain();
    const { handlers, passwordOf } = openDesk(chain);
    await handlers['secrets.keep']({ url, secret: 'one', remember: true });
    const checked = `${url}&sslmode=verify-full&sslrootcert=%2Fca.pem`;
    expect(await handlers['secrets.carry']({ from: url, to: checked })).toMatchObject({ place: 'memory' });
    expect(await passwordOf(checked)).toBe('one');
    expect([...chain.held.keys()]).toEqual([url]);
    for (const other of [
      url.replace('me@', 'you@'),
      url.replace('@db', '@db2'),
      url.replace('/shop', '/other'),
      `${url}&ssh=me@gate`,
    ]) {
      expect(await handlers['secrets.carry']({ from: url, to: other })).toMatchObject({ place: 'none' });
    }
    await handlers['secrets.keep']({ url: checked, secret: 'two', remember: false });
    await handlers['secrets.carry']({ from: url, to: checked });
    expect(await passwordOf(checked)).toBe('two');
  });

  test('of the clients’ own are named as theirs', async () => {
    const { handlers, passwordOf } = openDesk(undefined, { PGPASSWORD: CANARY });
    expect(await handlers['secrets.state']({ url })).toMatchObject({ place: 'client files' });
    expect(await passwordOf(url)).toBeNull();
  });

  test('a keychain that fails is an error without the secret', async () => {
    const chain: Keychain = { ...keychain(), set: () => Promise.reject(new Error('locked')) };
    const { handlers } = openDesk(chain);
    const failure = handlers['secrets.keep']({ url, secret: CANARY, remember: true });
    await expect(failure).rejects.toMatchObject({ code: 'connect.keychain', data: { cause: 'locked' } });
    await expect(failure).rejects.not.toThrow(CANARY);
  });
});

describe.skipIf(process.platform === 'win32')('the data folder', () => {
  test('is made for its person only, and an older one is tightened', () => {
    const folder = join(home, 'a', 'drover');
    keepPrivate(folder);
    expect(modeOf(folder)).toBe(0o700);
    chmodSync(folder, 0o755);
    writeFileSync(join(folder, 'drover.db'), '', { mode: 0o644 });
    keepPrivate(folder);
    expect([modeOf(folder), modeOf(join(folder, 'drover.db'))]).toEqual([0o700, 0o600]);
  });

  test('is left as it is where others have things in it too', () => {
    chmodSync(home, 0o755);
    writeFileSync(join(home, 'somebody’s file'), '');
    keepPrivate(home);
    expect(modeOf(home)).toBe(0o755);
  });
});
