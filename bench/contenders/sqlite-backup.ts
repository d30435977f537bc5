// SQLite's own copy of a file: pages as they are, nothing read as rows, nothing compared.

import type { Address } from '../engines.ts';
import { measure } from '../measure.ts';
import { clientProgram } from './clients.ts';
import { type Outcome, statusOutcome } from './outcome.ts';

export const BACKUP = 'sqlite3 .backup';

export async function runBackup(source: Address, target: Address, signal: AbortSignal): Promise<Outcome> {
  const measured = await measure(
    { ...clientProgram('sqlite3', source), input: `.backup '${target.name.replaceAll("'", "''")}'\n` },
    signal,
  );
  return statusOutcome(BACKUP, measured);
}
