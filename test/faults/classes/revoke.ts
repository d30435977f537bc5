// Drover as an ordinary user, from whom something is taken in the middle of a run, and given back before it goes on.

import { randomBytes } from 'node:crypto';
import type { StepName } from '../../../src/shared/model/run.ts';
import { dump } from '../../support/dump.ts';
import { PASSWORD } from '../../support/servers/launch.ts';
import { cycle, type Result } from '../cycle.ts';
import type { Stage, Strike } from '../drover.ts';
import { PLAIN_TARGET } from '../fixture.ts';
import { hangingAt } from '../hanging.ts';
import type { Name, ServerName } from '../servers.ts';
import { makeSubject, type Side, type Subject } from '../subject.ts';
import type { FaultClass } from './class.ts';

type SideName = 'source' | 'target';

/** Statements for an administrator of that database. */
interface Taking {
  readonly words: string;
  readonly take: (user: string, database: string) => string;
  readonly give: (user: string, database: string) => string;
}

const TAKINGS: Readonly<Record<ServerName, Readonly<Record<SideName, readonly Taking[]>>>> = {
  postgres: {
    source: [
      {
        words: 'SELECT',
        take: (user) => `REVOKE SELECT ON things, marks, bare FROM ${user}`,
        give: (user) => `GRANT SELECT ON things, marks, bare TO ${user}`,
      },
      {
        words: 'logging in',
        take: (user) => `ALTER ROLE ${user} NOLOGIN`,
        give: (user) => `ALTER ROLE ${user} LOGIN`,
      },
    ],
    target: [
      {
        words: 'CREATE on the database',
        take: (user, database) => `REVOKE CREATE ON DATABASE ${database} FROM ${user}`,
        give: (user, database) => `GRANT CREATE ON DATABASE ${database} TO ${user}`,
      },
      {
        words: 'CREATE on the schema',
        take: (user) => `REVOKE CREATE ON SCHEMA public FROM ${user}`,
        give: (user) => `GRANT CREATE ON SCHEMA public TO ${user}`,
      },
      {
        words: 'a table that is to be replaced',
        take: () => 'ALTER TABLE things OWNER TO postgres',
        give: (user) => `ALTER TABLE things OWNER TO ${user}`,
      },
    ],
  },
  mariadb: {
    source: [
      {
        words: 'SELECT',
        take: (user) => `REVOKE SELECT ON things FROM ${user}; REVOKE SELECT ON marks FROM ${user}`,
        give: (user) => `GRANT SELECT ON things TO ${user}; GRANT SELECT ON marks TO ${user}`,
      },
      {
        words: 'logging in',
        take: (user) => `ALTER USER ${user} ACCOUNT LOCK`,
        give: (user) => `ALTER USER ${user} ACCOUNT UNLOCK`,
      },
    ],
    target: [
      {
        words: 'CREATE on databases of runs',
        take: (user) => `REVOKE CREATE ON \`drover\\_%\`.* FROM ${user}`,
        give: (user) => `GRANT CREATE ON \`drover\\_%\`.* TO ${user}`,
      },
      {
        words: 'INSERT on databases of runs',
        take: (user) => `REVOKE INSERT ON \`drover\\_%\`.* FROM ${user}`,
        give: (user) => `GRANT INSERT ON \`drover\\_%\`.* TO ${user}`,
      },
      {
        words: 'DROP and ALTER on the database',
        take: (user, database) => `REVOKE DROP, ALTER ON ${database}.* FROM ${user}`,
        give: (user, database) => `GRANT DROP, ALTER ON ${database}.* TO ${user}`,
      },
    ],
  },
};

const STEPS: readonly StepName[] = ['load', 'publish', 'stage', 'verify', 'index', 'preflight', 'finish'];

export const revoke: FaultClass = {
  name: 'revoke',
  fits: (from, to) => from !== 'sqlite' || to !== 'sqlite',
  variants: (from, to) => takingsFor(from, to).length * STEPS.length,
  async cycle(stage, _, turn) {
    const { source, target } = stage.subject;
    const takings = takingsFor(source.server, target.server);
    const [side, taking] = takings[turn % takings.length]!;
    const step = STEPS[Math.floor(turn / takings.length) % STEPS.length]!;
    return asOrdinaryUser(stage, (own, name) => cycle(own, taken(own.subject[side], name, side, taking, step)));
  },
};

function takingsFor(from: Name, to: Name): (readonly [SideName, Taking])[] {
  const of = (server: Name, side: SideName) =>
    server === 'sqlite' ? [] : TAKINGS[server][side].map((taking) => [side, taking] as const);
  return [...of(from, 'source'), ...of(to, 'target')];
}

function taken(database: Side, name: string, side: SideName, { words, take, give }: Taking, step: StepName): Strike {
  const account = database.server === 'sqlite' ? name : accountOf(database.server, name);
  let over: Promise<void> | null = null;
  return {
    words: `${words} of the ${side} is taken away at ${step}`,
    record(record, _, hit) {
      if (over || record.kind !== 'step' || record.step !== step || record.state !== 'running') return;
      over = run(database, take(account, database.name));
      void over.then(hit, () => undefined);
    },
    async end() {
      if (!over) return;
      await over;
      await run(database, give(account, database.name));
    },
  };
}

/** Databases of its own, and an account for Drover that may do there what a migration needs, and nothing else. */
async function asOrdinaryUser(stage: Stage, work: (own: Stage, name: string) => Promise<Result>): Promise<Result> {
  const { source, target } = stage.subject;
  const name = `u_${randomBytes(4).toString('hex')}`;
  const made = await makeSubject(source.server, target.server, stage, { holding: PLAIN_TARGET });
  // The administrator's way in, once for each server.
  const entries = new Map([source, target].flatMap((side) => (side.server === 'sqlite' ? [] : [[side.server, side]])));
  try {
    for (const [server, entry] of entries) await run(entry, ACCOUNTS[server].make(accountOf(server, name)));
    await allow(made.source, name, 'source');
    await allow(made.target, name, 'target');
    const subject: Subject = {
      ...made,
      source: toldAs(made.source, name),
      target: toldAs(made.target, name),
      sourceBefore: await dump(made.source),
      before: await dump(made.target),
      hanging: await hangingAt(made.target),
    };
    return await work({ ...stage, subject }, name);
  } finally {
    await made.drop();
    for (const [server, entry] of entries) await run(entry, ACCOUNTS[server].drop(accountOf(server, name)));
  }
}

interface Account {
  readonly make: (account: string) => string;
  readonly drop: (account: string) => string;
  readonly source: (account: string, database: string) => string;
  readonly target: (account: string, database: string) => string;
}

const ACCOUNTS: Readonly<Record<ServerName, Account>> = {
  postgres: {
    make: (account) => `CREATE ROLE ${account} LOGIN PASSWORD '${PASSWORD}'`,
    drop: (account) => `DROP ROLE IF EXISTS ${account}`,
    source: (account) => `GRANT SELECT ON things, marks, bare TO ${account}`,
    target: (account, database) => `
      GRANT CREATE ON DATABASE ${database} TO ${account}; GRANT USAGE, CREATE ON SCHEMA public TO ${account};
      ALTER TABLE things OWNER TO ${account}; ALTER TABLE marks OWNER TO ${account};
      ALTER VIEW seen_first OWNER TO ${account}`,
  },
  mariadb: {
    make: (account) => `CREATE USER ${account} IDENTIFIED BY '${PASSWORD}'`,
    drop: (account) => `DROP USER IF EXISTS ${account}`,
    // Of a whole database it would be remembered by the sessions that use it. To accounts that may only SELECT the server
    // shows no foreign keys: these are not what is tried here.
    source: (account, database) => `
      GRANT SELECT ON things TO ${account}; GRANT SELECT ON marks TO ${account}; GRANT SELECT ON bare TO ${account};
      GRANT LOCK TABLES, REFERENCES ON ${database}.* TO ${account}`,
    target: (account, database) => `
      GRANT ALL ON ${database}.* TO ${account}; GRANT ALL ON \`drover\\_%\`.* TO ${account}`,
  },
};

function accountOf(server: ServerName, name: string): string {
  return server === 'mariadb' ? `${name}@'127.0.0.1'` : name;
}

async function allow(side: Side, name: string, as: SideName): Promise<void> {
  if (side.server === 'sqlite') return;
  await run(side, ACCOUNTS[side.server][as](accountOf(side.server, name), side.name));
}

/** Drover is told of the account; whoever looks at what comes of it is the administrator. */
function toldAs(side: Side, name: string): Side {
  if (side.server === 'sqlite') return side;
  const told = new URL(side.told);
  told.username = name;
  return { ...side, told: told.href };
}

function run(side: Side, script: string): Promise<void> {
  return side.use((client) => client.run(script));
}
