// Loaded into a process of Drover before its own code: kills it at the n-th statement of a kind on one SQLite file.

import { createRequire } from 'node:module';
import type { Database } from 'better-sqlite3';
import type { Order } from './hooked.ts';

const order = JSON.parse(process.env.DROVER_FAULT ?? 'null') as Order | null;
if (order) watch(order);

function watch({ file, statement, nth, moment }: Order): void {
  const { prototype } = createRequire(import.meta.url)('better-sqlite3') as { prototype: Database };
  const pattern = new RegExp(statement);
  let met = 0;
  const around = <T>(db: Database, sql: string, work: () => T): T => {
    const now = db.name === file && pattern.test(sql) && ++met === nth;
    if (now && moment === 'before') die();
    const result = work();
    if (now) die();
    return result;
  };
  const { exec, prepare } = prototype;
  prototype.exec = function (this: Database, sql: string) {
    return around(this, sql, () => exec.call(this, sql));
  };
  prototype.prepare = function (this: Database, sql: string) {
    const prepared = prepare.call(this, sql);
    const run = prepared.run.bind(prepared) as (...values: unknown[]) => ReturnType<typeof prepared.run>;
    prepared.run = (...values: unknown[]) => around(this, sql, () => run(...values));
    return prepared;
  } as typeof prepare;
}

function die(): void {
  process.kill(process.pid, 'SIGKILL');
}
