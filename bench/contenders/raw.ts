// The raw limit: prepared files loaded by the databases' own clients, then indexes and foreign keys; no reading, no proof.

import { spawnSync } from 'node:child_process';
import type { Family } from '../../src/shared/model/connection.ts';
import type { Prepared } from '../data/prepare.ts';
import { createStructure, createTables } from '../data/tables.ts';
import type { Address } from '../engines.ts';
import { type Measured, measure, type Program } from '../measure.ts';
import type { Outcome } from './outcome.ts';

const CLIENTS: Readonly<Record<Family, readonly string[]>> = {
  postgres: ['psql'],
  mysql: ['mariadb', 'mysql'],
  sqlite: ['sqlite3'],
};

/** The client for this family on this machine, or null. */
export function rawClient(family: Family): string | null {
  return CLIENTS[family].find((client) => spawnSync(client, ['--version']).status === 0) ?? null;
}

export async function runRaw(
  client: string,
  target: Address,
  prepared: Prepared,
  signal: AbortSignal,
): Promise<Outcome> {
  const { family } = target;
  const program = clientProgram(client, target);
  const script = (statements: readonly string[]) => statements.map((sql) => `${sql};\n`).join('');
  const before = BEFORE[family];
  const made = await measure({ ...program, input: before + script(createTables(prepared.set, family)) }, signal);
  const copied = await measure({ ...program, input: before + copyScript(family, prepared) }, signal);
  const indexed = await measure({ ...program, input: before + script(createStructure(prepared.set, family)) }, signal);
  const failed = [made, copied, indexed].find(({ status }) => status !== 0);
  return {
    contender: `${client}, prepared files`,
    measured: sum(copied, indexed),
    failure: failed ? `exit status ${failed.status}: ${failed.errors.trim().slice(0, 200)}` : null,
    phases: { plan: null, copy: copied.wall, index: indexed.wall, verify: null },
  };
}

/** What a plain client can do to be fast, in a database that it may throw away. */
const BEFORE: Readonly<Record<Family, string>> = {
  postgres: '',
  mysql: 'SET foreign_key_checks = 0, unique_checks = 0;\n',
  sqlite: 'PRAGMA journal_mode = OFF;\nPRAGMA synchronous = OFF;\n',
};

function copyScript(family: Family, { set, files }: Prepared): string {
  const each = (line: (table: string, file: string) => string) =>
    set.tables.map(({ name }) => line(name, files.get(name)!)).join('');
  switch (family) {
    case 'postgres':
      return each((table, file) => `\\copy ${table} FROM '${file}'\n`);
    case 'mysql':
      return each((table, file) => `LOAD DATA LOCAL INFILE '${file}' INTO TABLE ${table} CHARACTER SET utf8mb4;\n`);
    case 'sqlite':
      // NULL arrives as the text \N: the shell's import knows no NULL.
      return `.mode tabs\n${each((table, file) => `.import ${file} ${table}\n`)}`;
  }
}

function clientProgram(client: string, target: Address): Program {
  if (target.family === 'sqlite') return { command: client, args: ['-batch', '-bail', target.name] };
  const { hostname, port, username } = new URL(target.url);
  const password = target.password ?? '';
  return target.family === 'postgres'
    ? {
        command: client,
        args: ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-h', hostname, '-p', port, '-U', username, '-d', target.name],
        environment: { PGPASSWORD: password, PGCLIENTENCODING: 'UTF8' },
      }
    : {
        command: client,
        args: ['--no-defaults', '--local-infile=1', '-h', hostname, '-P', port, '-u', username, target.name],
        environment: { MYSQL_PWD: password },
      };
}

function sum(one: Measured, two: Measured): Measured {
  const add = (a: number | null, b: number | null) => (a === null || b === null ? null : a + b);
  return {
    wall: one.wall + two.wall,
    cpu: add(one.cpu, two.cpu),
    peak: one.peak === null || two.peak === null ? null : Math.max(one.peak, two.peak),
    status: one.status === 0 ? two.status : one.status,
    output: two.output,
    errors: two.errors,
  };
}
