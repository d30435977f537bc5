// SQLite addresses, and what opening them says when it can't be done.

import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import { sqlite } from '../../src/engine/dialects/sqlite/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'drover-sqlite-url-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('url', () => {
  it.each([
    ['sqlite:shop.db', 'shop.db'],
    ['sqlite:./a/b c.db', './a/b c.db'],
    ['sqlite:/abs/shop.db', '/abs/shop.db'],
    ['sqlite://shop.db', 'shop.db'],
    ['sqlite:///abs/my%20shop.db', '/abs/my shop.db'],
    ['sqlite:////abs/shop.db', '/abs/shop.db'],
    ['sqlite:///C:/data/shop.db', 'C:/data/shop.db'],
    ['sqlite:100%.db', '100%.db'],
    ['file:shop.db?mode=ro', 'shop.db'],
    ['file:///abs/shop.db', '/abs/shop.db'],
  ])('reads %s', (text, path) => {
    const { connection, password } = sqlite.url.parse(text);
    expect(connection).toEqual({ family: 'sqlite', path });
    expect(password).toBeNull();
    expect(sqlite.url.parse(sqlite.url.format(connection)).connection).toEqual(connection);
  });

  it.each(['sqlite:', 'sqlite://', 'sqlite::memory:', 'file:', 'file:a%ZZ.db'])('refuses %s', (text) => {
    expect(() => sqlite.url.parse(text)).toThrow(expect.objectContaining({ code: 'connect.bad-url' }));
  });
});

describe('connect', () => {
  const open = (path: string, role: 'source' | 'target', create = false) =>
    sqlite.connect({ connection: { family: 'sqlite', path }, password: null }, { role, create });
  const code = (expected: string) => expect.objectContaining({ code: expected });

  it('names a missing file, a folder and a foreign file', async () => {
    const text = join(folder, 'notes.txt');
    writeFileSync(text, 'these are notes, and no database at all '.repeat(10));
    await expect(open(join(folder, 'none.db'), 'source')).rejects.toThrow(code('connect.missing-file'));
    await expect(open(folder, 'source')).rejects.toThrow(code('connect.not-sqlite'));
    await expect(open(text, 'source')).rejects.toThrow(code('connect.not-sqlite'));
    await expect(open(text, 'target')).rejects.toThrow(code('connect.not-sqlite'));
  });

  it('names a damaged file', async () => {
    const path = join(folder, 'damaged.db');
    const db = new Database(path);
    db.exec("CREATE TABLE t (a); INSERT INTO t SELECT zeroblob(900) FROM json_each('[1,2,3,4,5,6,7,8,9,10,11,12]')");
    const bytes = db.serialize();
    db.close();
    writeFileSync(path, bytes.fill(0x5a, 4096 + 8, 4096 + 300));
    await expect(open(path, 'source')).rejects.toThrow(code('connect.corrupt'));
  });

  it('names a target that is marked read-only, file or folder', async () => {
    const place = join(folder, 'locked');
    mkdirSync(place);
    const path = join(place, 'there.db');
    new Database(path).exec('CREATE TABLE t (a)').close();
    chmodSync(path, 0o444);
    await expect(open(path, 'target')).rejects.toThrow(code('connect.read-only'));
    chmodSync(place, 0o555);
    await expect(open(join(place, 'new.db'), 'target', true)).rejects.toThrow(code('connect.read-only'));
    chmodSync(place, 0o755);
  });

  it('shows a target that does not exist as empty, without making it', async () => {
    const place = mkdtempSync(join(folder, 'empty-'));
    const session = await open(join(place, 'new.db'), 'target');
    expect((await session.inspect()).tables).toEqual([]);
    await session.close();
    expect(readdirSync(place)).toEqual([]);
  });
});
