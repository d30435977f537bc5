// Dialects whose publisher dies or waits at one of its acts, and tidying up what a rollback has kept aside.

import type { Dialect } from '../../src/engine/dialects/dialect.ts';
import type { Publisher } from '../../src/engine/dialects/publishing.ts';
import type { TestDatabase } from './database.ts';

/** The process ends after this act in the target: it is done, its answer never arrives. */
export function dyingAfter(dialect: Dialect, act: keyof Publisher): Dialect {
  let dead = false;
  return around(dialect, async (name, call) => {
    if (name === 'close') return call();
    if (dead) throw new Error('the process is gone');
    const answer = await call();
    dead = name === act;
    if (dead) throw new Error('the process ends here');
    return answer;
  });
}

export function beforeCall(dialect: Dialect, method: keyof Publisher, act: () => Promise<void>): Dialect {
  return around(dialect, async (name, call) => {
    if (name === method) await act();
    return call();
  });
}

type Around = (name: string, call: () => unknown) => unknown;

function around(dialect: Dialect, act: Around): Dialect {
  return {
    ...dialect,
    openPublisher: async (access, run) => {
      const real = await dialect.openPublisher(access, run);
      return new Proxy(real, {
        get(publisher, name: keyof Publisher & string) {
          const member = publisher[name];
          if (typeof member !== 'function' || name.endsWith('Name')) return member;
          return (...input: unknown[]) => act(name, () => Reflect.apply(member, publisher, input));
        },
      });
    },
  };
}

/** With the namespace, where it held only this. */
export async function dropKept(target: TestDatabase, keptAs: string): Promise<void> {
  const [namespace, table] = keptAs.split('.');
  if (target.family === 'sqlite' || !table) return target.run(`DROP TABLE ${keptAs}`);
  if (target.family === 'postgres') {
    await target.run(`DROP TABLE ${keptAs} CASCADE`);
    const rest = await target.ask(`SELECT 1 FROM pg_class WHERE relnamespace = to_regnamespace('${namespace}')`);
    if (rest.length === 0) await target.run(`DROP SCHEMA ${namespace}`);
    return;
  }
  await target.run(`SET foreign_key_checks = 0; DROP TABLE ${keptAs}`);
  const rest = await target.ask(`SELECT 1 FROM information_schema.tables WHERE table_schema = '${namespace}'`);
  if (rest.length === 0) await target.run(`DROP DATABASE ${namespace}`);
}
