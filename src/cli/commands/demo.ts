// `drover demo`: makes the sample and migrates it into a new database, with nothing but the checkout.

import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeLegacyShop, shopSize } from '../../host/sample/legacy-shop.ts';
import { newShop } from '../../host/sample/new-shop.ts';
import type { Endpoint } from '../../shared/contract.ts';
import { count, duration } from '../../shared/format.ts';
import { type Context, withContext } from '../context.ts';
import { execute } from '../execute.ts';
import { type ExitStatus, exitStatus } from '../exit.ts';

interface Target extends Endpoint {
  /** How to look at the result. */
  readonly visit: readonly string[];
  readonly stop: () => Promise<void>;
}

export interface DemoOptions {
  readonly to: 'sqlite' | 'postgres';
  /** Into a new shop of other tables, by steps and rules; absent, as it is. */
  readonly reshape?: boolean;
  readonly json?: boolean;
}

export function demo(options: DemoOptions): Promise<ExitStatus> {
  return withContext(options.json === true, async (context) => {
    const { terminal } = context;
    const folder = join(context.home, 'demo');
    await mkdir(folder, { recursive: true });

    const began = performance.now();
    const file = join(folder, 'legacy-shop.sqlite');
    const rows = Object.values(shopSize).reduce((sum, each) => sum + each, 0);
    terminal.say(`Making the sample, a shop's legacy database of ${count(rows)} rows: ${file}`);
    await makeLegacyShop(file);
    terminal.say(terminal.theme.quiet(`made in ${duration((performance.now() - began) / 1000)}`));

    const target = options.to === 'postgres' ? await postgresTarget(context, folder) : await sqliteTarget(folder);
    try {
      const reshape = options.reshape ? newShop(options.to) : null;
      const status = await migrate(context, { url: `sqlite:${file}`, password: null }, target, reshape);
      if (status === exitStatus.ok || status === exitStatus.incomplete) {
        terminal.say(
          options.to === 'postgres'
            ? 'The PostgreSQL of the demo is stopped now. To look at it:'
            : 'To look at the result:',
        );
        for (const line of target.visit) terminal.say(`  ${line}`);
        terminal.say();
      }
      return status;
    } finally {
      await target.stop();
    }
  });
}

/** Replaces, so that the demo can be run as often as anybody likes. */
async function migrate(
  context: Context,
  source: Endpoint,
  { url, password }: Endpoint,
  reshape: ReturnType<typeof newShop> | null,
): Promise<ExitStatus> {
  const target = { url, password };
  const mapped = await context.host.call('map', { source, target, name: 'legacy-shop', mode: 'replace' });
  return execute(context, { project: { ...mapped, ...reshape }, source, target }, { yes: true });
}

/** A new file each time: what an earlier demo left there goes. */
async function sqliteTarget(folder: string): Promise<Target> {
  const file = join(folder, 'new-shop.sqlite');
  for (const rest of ['', '-wal', '-shm', '-journal']) await rm(file + rest, { force: true });
  return {
    url: `sqlite:${file}`,
    password: null,
    visit: [`drover inspect ${file}`, `sqlite3 ${file}`],
    stop: async () => undefined,
  };
}

async function postgresTarget({ terminal }: Context, folder: string): Promise<Target> {
  const { startPostgres } = await import('../demo/postgres.ts');
  const server = await startPostgres(folder);
  terminal.say(`Started a PostgreSQL for this demo: ${server.url}, data in ${server.folder}`);
  return { url: server.url, password: server.password, visit: server.visit, stop: () => server.stop() };
}
