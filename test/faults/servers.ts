// The suite's own servers, with durable settings: they are killed, and come back on the same data and port.

import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { openClient } from '../support/client.ts';
import type { MortalServer } from '../support/servers/launch.ts';
import { startMortalMariadb } from '../support/servers/mariadb.ts';
import { startMortalPostgres } from '../support/servers/postgres.ts';

export const families = ['postgres', 'mariadb', 'sqlite'] as const;
export type Name = (typeof families)[number];
export type ServerName = Exclude<Name, 'sqlite'>;

export interface Servers {
  readonly postgres: MortalServer;
  readonly mariadb: MortalServer;
  stop(): Promise<void>;
}

const BACK_WITHIN_MS = 60_000;

export async function startServers(): Promise<Servers> {
  const [postgres, mariadb] = await Promise.all([startMortalPostgres(), startMortalMariadb()]);
  return {
    postgres,
    mariadb,
    async stop() {
      await Promise.all([postgres.stop(), mariadb.stop()]);
    },
  };
}

/** One more, with all that it writes below that folder. */
export function startServerIn(folder: string, name: ServerName): Promise<MortalServer> {
  const usual = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  try {
    // Its folder is made before anything is waited for.
    return name === 'postgres' ? startMortalPostgres() : startMortalMariadb();
  } finally {
    if (usual === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = usual;
  }
}

/** SIGKILL for the server and all processes that it has; the warden starts it again. */
export function killServer({ pidFile }: MortalServer): void {
  let main: number;
  try {
    main = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
  } catch {
    // It is down already, or not up again yet.
    return;
  }
  const children = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry) && parentOf(entry) === main);
  for (const pid of [main, ...children.map(Number)]) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended by itself.
    }
  }
}

/** Resolves when the server answers. */
export async function untilBack(name: ServerName, { url, password }: MortalServer): Promise<void> {
  const address = {
    family: name === 'postgres' ? ('postgres' as const) : ('mysql' as const),
    url: `${url}${name === 'postgres' ? 'postgres' : ''}`,
    password,
  };
  const deadline = Date.now() + BACK_WITHIN_MS;
  for (;;) {
    try {
      const client = await openClient(address);
      await client.ask('SELECT 1');
      await client.close();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(100);
    }
  }
}

function parentOf(pid: string): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return null;
  }
}
