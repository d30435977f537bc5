// MariaDB's own dump, piped into its own client.

import type { Address } from '../engines.ts';
import { measure } from '../measure.ts';
import { clientProgram, isInstalled, rawClient } from './clients.ts';
import { type Outcome, statusOutcome } from './outcome.ts';

export const DUMP_AND_LOAD = 'mariadb-dump | mariadb';

export function dumpProgram(): string | null {
  return ['mariadb-dump', 'mysqldump'].find(isInstalled) ?? null;
}

export async function runDumpAndLoad(source: Address, target: Address, signal: AbortSignal): Promise<Outcome> {
  const out = clientProgram(dumpProgram()!, source, ['--single-transaction', '--quick']);
  const into = clientProgram(rawClient('mysql')!, target);
  const words = (args: readonly string[]) =>
    args.map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`).join(' ');
  const pipe = `${words([out.command, ...out.args])} | ${words([into.command, ...into.args])}`;
  const measured = await measure(
    { command: 'bash', args: ['-c', `set -o pipefail; ${pipe}`], environment: { ...out.environment } },
    signal,
  );
  return statusOutcome(DUMP_AND_LOAD, measured);
}
