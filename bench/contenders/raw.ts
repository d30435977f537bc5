// The raw limit: prepared files loaded by the databases' own clients, then indexes and foreign keys; no reading, no proof.

import type { Family } from '../../src/shared/model/connection.ts';
import type { Prepared } from '../data/prepare.ts';
import { createStructure, createTables } from '../data/tables.ts';
import type { Address } from '../engines.ts';
import { measure, oneAfterTheOther } from '../measure.ts';
import { clientProgram, SCRIPTED } from './clients.ts';
import type { Outcome } from './outcome.ts';

export async function runRaw(
  client: string,
  target: Address,
  prepared: Prepared,
  signal: AbortSignal,
): Promise<Outcome> {
  const { family } = target;
  const program = clientProgram(client, target, SCRIPTED[family]);
  const script = (statements: readonly string[]) => statements.map((sql) => `${sql};\n`).join('');
  const before = BEFORE[family];
  const made = await measure({ ...program, input: before + script(createTables(prepared.set, family)) }, signal);
  const copied = await measure({ ...program, input: before + copyScript(family, prepared) }, signal);
  const indexed = await measure({ ...program, input: before + script(createStructure(prepared.set, family)) }, signal);
  const failed = [made, copied, indexed].find(({ status }) => status !== 0);
  return {
    contender: `${client}, prepared files`,
    measured: oneAfterTheOther(copied, indexed),
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
