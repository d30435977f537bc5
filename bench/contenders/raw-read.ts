// The raw limit of reading: every table written out as text by the database's own client, into nothing.

import type { Family } from '../../src/shared/model/connection.ts';
import type { DataSet } from '../data/tables.ts';
import type { Address } from '../engines.ts';
import { measure } from '../measure.ts';
import { clientProgram, SCRIPTED } from './clients.ts';
import { type Outcome, statusOutcome } from './outcome.ts';

export async function runRawRead(client: string, source: Address, set: DataSet, signal: AbortSignal): Promise<Outcome> {
  const { command, args, environment } = clientProgram(client, source, READING[source.family]);
  const input = set.tables.map(({ name }) => LINE[source.family](name)).join('');
  const measured = await measure(
    // Straight into nothing: through this program, its own reading would be measured as well.
    {
      command: 'sh',
      args: ['-c', 'exec "$0" "$@" > /dev/null', command, ...args],
      input,
      environment: environment ?? {},
    },
    signal,
  );
  const outcome = statusOutcome(`${client}, reading`, measured);
  return { ...outcome, phases: { ...outcome.phases, copy: measured.wall } };
}

/** Rows one after the other, not collected first. */
const READING: Readonly<Record<Family, readonly string[]>> = {
  ...SCRIPTED,
  mysql: ['--quick', '--batch', '--raw', '--skip-column-names'],
};

const LINE: Readonly<Record<Family, (table: string) => string>> = {
  postgres: (table) => `COPY ${table} TO STDOUT;\n`,
  mysql: (table) => `SELECT * FROM ${table};\n`,
  sqlite: (table) => `SELECT * FROM ${table};\n`,
};
