// Conformance: connecting, and what is said when it fails.

import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { DroverError } from '../../../src/shared/errors.ts';
import type { TestDatabase } from '../../support/database.ts';
import { freePort } from '../../support/servers/launch.ts';
import { accessTo, type Contestant, databaseWith } from '../contestant.ts';

const SECRET = 'wrong-canary-9Q';

export function connecting({ server, family, dialect }: Contestant): void {
  describe('connecting', () => {
    let database: TestDatabase;
    beforeAll(async () => {
      database = await databaseWith({ server, family });
    });
    const folder = mkdtempSync(join(inject('scratch'), 'bad-'));
    afterAll(async () => {
      rmSync(folder, { recursive: true, force: true });
      await database?.drop();
    });

    const attempt = async (url: string, password: string | null) => {
      const { connection } = dialect.url.parse(url);
      const session = await dialect.connect({ connection, password }, { role: 'source' });
      await session.close();
    };
    const refusal = async (url: string, password: string | null = SECRET): Promise<DroverError> => {
      const error = await attempt(url, password).then(
        () => null,
        (reason: unknown) => reason,
      );
      expect(error).toBeInstanceOf(DroverError);
      const drover = error as DroverError;
      expect(JSON.stringify(drover.data)).not.toContain(SECRET);
      expect(drover.data.hint, 'what to do next').toBeTruthy();
      return drover;
    };

    it('says what answers', async () => {
      const session = await dialect.connect(accessTo(dialect, database), { role: 'source' });
      const { variant, version, versionNumber } = session.server;
      await session.close();
      const expected = { postgres: 'PostgreSQL', mariadb: 'MariaDB', mysql9: 'MySQL', sqlite: 'SQLite' }[server];
      expect(variant).toBe(expected);
      expect(version).toMatch(/^\d+\.\d+/);
      expect(Math.floor(versionNumber / 10_000)).toBe(Number.parseInt(version, 10));
    });

    it('keeps the password out of the URL it shows', () => {
      const url = family === 'sqlite' ? 'sqlite:a.db' : `${dialect.url.schemes[0]}://me:${SECRET}@host:1234/db`;
      const { connection, password } = dialect.url.parse(url);
      const shown = dialect.url.format(connection);
      expect(password).toBe(family === 'sqlite' ? null : SECRET);
      expect(shown).not.toContain(SECRET);
      expect(dialect.url.parse(shown).connection).toEqual(connection);
    });

    if (family === 'sqlite') {
      const path = (name: string) => join(folder, name);

      it('names a missing file', async () => {
        expect((await refusal(`sqlite:${path('none.db')}`, null)).code).toBe('connect.missing-file');
      });
      it('names a file that is not SQLite', async () => {
        writeFileSync(path('text.db'), 'This is a letter, and no database at all.\n'.repeat(100));
        expect((await refusal(`sqlite:${path('text.db')}`, null)).code).toBe('connect.not-sqlite');
      });
      it('names a corrupt file', async () => {
        const victim = await databaseWith({ server, family }, 'library');
        truncateSync(victim.name, 5_000);
        const code = (await refusal(victim.url, null)).code;
        await victim.drop();
        expect(code).toBe('connect.corrupt');
      });
      return;
    }

    it('names a wrong password', async () => {
      expect((await refusal(database.url)).code).toBe('connect.wrong-password');
    });
    it('leaves no connection behind when there is no password', async () => {
      const relay = await countingRelay(Number(/:(\d+)\//.exec(database.url)![1]));
      await refusal(database.url.replace(/:\d+\//, `:${relay.port}/`), null);
      await expect.poll(() => relay.open(), { timeout: 30_000 }).toBe(0);
      await relay.close();
    });
    it('names a database that is missing', async () => {
      const url = database.url.replace(/[^/]+$/, 'no_such_database');
      expect((await refusal(url, database.password)).code).toBe('connect.no-such-database');
    });
    it('names a server that does not answer', async () => {
      const url = database.url.replace(/:\d+\//, `:${await freePort()}/`);
      expect((await refusal(url)).code).toBe('connect.unreachable');
    });
    it('names a host that does not exist', async () => {
      const url = database.url.replace(/127\.0\.0\.1/, 'nowhere.invalid');
      expect((await refusal(url)).code).toBe('connect.unreachable');
    });
    it('refuses a source session that would write', async () => {
      const session = await dialect.connect(accessTo(dialect, database), { role: 'source' });
      const write = session.execute([{ sql: 'CREATE TABLE forbidden (a int)', purpose: 'write to a source' }]);
      await expect(write).rejects.toThrow();
      await session.close();
    });
  });
}

/** Leads on to a server of this machine, and knows how many connections are open. */
async function countingRelay(to: number) {
  const clients = new Set<Socket>();
  const relay = createServer((client) => {
    const server = connect(to, '127.0.0.1');
    clients.add(client);
    client.once('close', () => clients.delete(client));
    for (const socket of [client, server]) socket.on('error', () => undefined);
    client.pipe(server).pipe(client);
  });
  await new Promise<void>((listening) => relay.listen(0, '127.0.0.1', listening));
  return {
    port: (relay.address() as AddressInfo).port,
    open: () => clients.size,
    async close() {
      for (const client of clients) client.destroy();
      await new Promise((closed) => relay.close(closed));
    },
  };
}
