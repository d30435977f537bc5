// Start-up: how long a command takes that has next to nothing to do, and one that looks at 1,000 tables.

import { join } from 'node:path';
import { openClient } from '../test/support/client.ts';
import { LAUNCHER } from './contenders/drover.ts';
import { type BenchContext, withDatabase } from './context.ts';
import type { Address } from './engines.ts';
import { measure } from './measure.ts';

const ROUNDS = 5;
const TABLES = 1_000;

export async function measureStartup(context: BenchContext): Promise<void> {
  await measureCommand(context, 'drover --version', ['--version'], null, 0.2);
  for (const engine of context.engines) {
    await withDatabase(engine, async (address) => {
      await createMany(address);
      const args = ['inspect', address.url, '--json'];
      await measureCommand(context, `drover inspect of 1,000 tables, ${engine.name}`, args, address, 3);
    });
  }
}

async function createMany(address: Address): Promise<void> {
  const client = await openClient(address);
  try {
    const tables = Array.from(
      { length: TABLES },
      (_, i) =>
        `CREATE TABLE t${i} (id integer PRIMARY KEY, name varchar(40) NOT NULL, amount decimal(12,2), at date);`,
    );
    await client.run(tables.join('\n'));
  } finally {
    await client.close();
  }
}

async function measureCommand(
  { folder, say, signal, startup }: BenchContext,
  what: string,
  args: readonly string[],
  address: Address | null,
  limit: number,
): Promise<void> {
  say(`Start-up: ${what}`);
  const environment = {
    DROVER_HOME: join(folder, 'home'),
    ...(address?.password ? { DROVER_SOURCE_PASSWORD: address.password } : {}),
  };
  const values: number[] = [];
  while (values.length < ROUNDS) {
    const { wall, status, errors } = await measure({ command: LAUNCHER, args, environment }, signal);
    if (status !== 0) throw new Error(`${what} ended with ${status}: ${errors.trim().slice(-400)}`);
    values.push(wall);
  }
  startup.push({ what, values, limit });
}
