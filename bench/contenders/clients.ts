// The databases' own clients on this machine: which there are, and how one is started on a database.

import { spawnSync } from 'node:child_process';
import type { Family } from '../../src/shared/model/connection.ts';
import type { Address } from '../engines.ts';
import type { Program } from '../measure.ts';

const CLIENTS: Readonly<Record<Family, readonly string[]>> = {
  postgres: ['psql'],
  mysql: ['mariadb', 'mysql'],
  sqlite: ['sqlite3'],
};

/** The client for this family on this machine, or null. */
export function rawClient(family: Family): string | null {
  return CLIENTS[family].find((client) => isInstalled(client)) ?? null;
}

export function isInstalled(program: string): boolean {
  return spawnSync(program, ['--version']).status === 0;
}

/** `more` are options of this client's own. */
export function clientProgram(
  client: string,
  { family, url, password, name }: Address,
  more: readonly string[] = [],
): Program {
  if (family === 'sqlite') return { command: client, args: ['-batch', '-bail', ...more, name] };
  const { hostname, port, username } = new URL(url);
  if (family === 'mysql') {
    return {
      command: client,
      args: ['--no-defaults', '-h', hostname, '-P', port, '-u', username, ...more, name],
      environment: { MYSQL_PWD: password ?? '' },
    };
  }
  return {
    command: client,
    args: ['-h', hostname, '-p', port, '-U', username, '-d', name, ...more],
    environment: { PGPASSWORD: password ?? '', PGCLIENTENCODING: 'UTF8' },
  };
}

/** Options with which a client works through a script: nothing of this machine's own, and it ends at the first error. */
export const SCRIPTED: Readonly<Record<Family, readonly string[]>> = {
  postgres: ['-X', '-q', '-v', 'ON_ERROR_STOP=1'],
  mysql: ['--local-infile=1'],
  sqlite: [],
};
