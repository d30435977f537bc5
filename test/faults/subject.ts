// The two databases of a cycle: made once, and used again as long as every cycle leaves them as they were.

import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Address, type Client, openClient } from '../support/client.ts';
import { dump } from '../support/dump.ts';
import { sourceScript, targetScript } from './fixture.ts';
import { hangingAt } from './hanging.ts';
import { openRelay, type Relay } from './proxy.ts';
import type { Name, Servers } from './servers.ts';

export interface Side extends Address {
  readonly server: Name;
  /** What Drover is told: through the proxy where there is one. */
  readonly told: string;
  readonly proxy: Relay | null;
  /** Path of the file, or name of the database. */
  readonly name: string;
  use<T>(work: (client: Client) => Promise<T>): Promise<T>;
  drop(): Promise<void>;
}

export interface Subject {
  readonly pair: string;
  readonly source: Side;
  readonly target: Side;
  /** Both as they were made, structure and rows. */
  readonly sourceBefore: string;
  readonly before: string;
  /** Of the target: what hangs on the tables that are replaced. */
  readonly hanging: readonly string[];
  drop(): Promise<void>;
}

/** Where databases are made: on servers, or in files of a folder. */
export interface Place {
  readonly servers: Pick<Servers, 'postgres' | 'mariadb'>;
  readonly scratch: string;
}

export interface Ways {
  /** What the target holds before. */
  readonly holding?: string;
  /** Where the target is, if not where the source is. */
  readonly elsewhere?: Place;
}

export async function makeSubject(
  from: Name,
  to: Name,
  place: Place,
  { holding = targetScript(to), elsewhere = place }: Ways = {},
): Promise<Subject> {
  const source = await makeSide(from, place);
  const target = await makeSide(to, elsewhere);
  await source.use((client) => client.run(sourceScript(from)));
  await target.use((client) => client.run(holding));
  return {
    pair: pairName(from, to),
    source,
    target,
    sourceBefore: await dump(source),
    before: await dump(target),
    hanging: await hangingAt(target),
    async drop() {
      await source.drop();
      await target.drop();
    },
  };
}

export function pairName(from: Name, to: Name): string {
  return `${from}-${to}`;
}

export async function makeSide(server: Name, { servers, scratch }: Place): Promise<Side> {
  return server === 'sqlite' ? makeFile(scratch) : makeDatabase(server, servers);
}

async function makeFile(scratch: string): Promise<Side> {
  const folder = mkdtempSync(join(scratch, 'file-'));
  const name = join(folder, 'data.db');
  const address = { family: 'sqlite' as const, url: `sqlite:${name}`, password: null };
  return {
    ...address,
    server: 'sqlite',
    told: address.url,
    proxy: null,
    name,
    use: (work) => using(address, work),
    drop: () => Promise.resolve(rmSync(folder, { recursive: true, force: true })),
  };
}

async function makeDatabase(server: Exclude<Name, 'sqlite'>, servers: Place['servers']): Promise<Side> {
  const { url, password } = servers[server];
  const name = `t_${randomBytes(6).toString('hex')}`;
  const family = server === 'postgres' ? 'postgres' : 'mysql';
  const administrator = { family, url: `${url}${server === 'postgres' ? 'postgres' : ''}`, password } as const;
  const words = server === 'postgres' ? 'TEMPLATE template0' : 'CHARACTER SET utf8mb4';
  await using(administrator, (client) => client.run(`CREATE DATABASE ${name} ${words}`));
  const address = { family, url: `${url}${name}`, password } as const;
  const proxy = await openRelay(Number(new URL(url).port));
  const told = new URL(address.url);
  told.port = String(proxy.port);
  return {
    ...address,
    server,
    told: told.href,
    proxy,
    name,
    use: (work) => using(address, work),
    async drop() {
      await proxy.close();
      const force = server === 'postgres' ? ' WITH (FORCE)' : '';
      await using(administrator, (client) => client.run(`DROP DATABASE IF EXISTS ${name}${force}`));
    },
  };
}

async function using<T>(address: Address, work: (client: Client) => Promise<T>): Promise<T> {
  const client = await openClient(address);
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}
