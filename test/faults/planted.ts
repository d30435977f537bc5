// Proves the suite: engines with one fault planted in one file, each of which must turn it red. The product has no switch.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPatched, type Change } from '../support/patched-engine.ts';
import { optionsFrom } from './options.ts';
import { faults } from './suite.ts';

interface Planted {
  readonly name: string;
  readonly changes: readonly Change[];
  /** What must go red. */
  readonly attack: readonly string[];
  /** In which words; in any where it is absent. */
  readonly as?: RegExp;
  /** Only a second line of defence is taken away: nothing may go red. */
  readonly harmless?: boolean;
}

const POSTGRES = 'src/engine/dialects/postgres';
const MYSQL = 'src/engine/dialects/mysql';

/** Else a process that was taken over finds its connections cut, and never gets to where the epoch would stop it. */
const NOBODY_ENDED: Readonly<Record<'postgres' | 'mysql', Change>> = {
  postgres: {
    file: `${POSTGRES}/publisher.ts`,
    from: 'endLeftovers: () => telling(ASKING, () => endLeftovers(client, run)),',
    to: 'endLeftovers: async () => {},',
  },
  mysql: {
    file: `${MYSQL}/publisher.ts`,
    from: 'endLeftovers: () => asking(() => endLeftovers(link, run)),',
    to: 'endLeftovers: async () => {},',
  },
};

const OVERWRITTEN = /written to after it had been taken over/;

const ZOMBIES = ['--class', 'zombie', '--runs', '12', '--pair'];

const BUGS: readonly Planted[] = [
  {
    name: 'staging UNLOGGED',
    changes: [{ file: `${POSTGRES}/ddl.ts`, from: '`CREATE TABLE ', to: '`CREATE UNLOGGED TABLE ' }],
    attack: ['--class', 'points-target', '--pair', 'sqlite-postgres', '--runs', '18'],
  },
  {
    name: 'the ledger last, after the rows are committed',
    changes: [
      {
        file: `${POSTGRES}/writer.ts`,
        from: 'const { rows } = await openChunk(client, run, table.name, chunk, standingSql(reference));',
        to: 'await client.query("BEGIN");\n    const { rows } = await client.query(standingSql(reference));',
      },
      {
        file: `${POSTGRES}/writer.ts`,
        from: '      await commitChunk(this.#client,',
        to: '      await this.#client.query("COMMIT");\n      await openChunk(this.#client, this.#run, table.name, chunk, "SELECT 1");\n      await commitChunk(this.#client,',
      },
    ],
    attack: ['--class', 'ledger', '--pair', 'postgres-postgres', '--runs', '4'],
  },
  {
    name: 'digests by XOR',
    changes: [0, 1, 2, 3].map((i) => ({
      file: 'src/engine/pipeline/digest.ts',
      from: `sum[${i}]! += row[${i}]!;`,
      to: `sum[${i}] = (sum[${i}]! ^ row[${i}]!) >>> 0;`,
    })),
    attack: ['--class', 'tampered', '--pair', 'sqlite-sqlite', '--runs', '5'],
  },
  {
    name: 'no mark of having published',
    changes: [
      { file: `${POSTGRES}/publisher.ts`, from: "        await setState(client, identity, 'published');\n", to: '' },
    ],
    attack: ['--class', 'points-app', '--pair', 'sqlite-postgres', '--runs', '1'],
  },
  {
    name: 'views stay on the old tables',
    changes: [{ file: `${POSTGRES}/dependants/carry.ts`, from: '    VIEWS,\n', to: '' }],
    attack: ['--class', 'points-app', '--pair', 'sqlite-postgres', '--runs', '1'],
  },
  {
    name: 'no word in the history of who has the run: a process that was taken over goes on',
    changes: [
      { file: 'src/engine/run/store/store.ts', from: 'if (by && known === 0) throw takenOver(run);', to: '' },
      {
        file: 'src/engine/run/store/store.ts',
        from: 'return row !== undefined;',
        to: 'return row !== undefined || true;',
      },
    ],
    attack: [...ZOMBIES, 'postgres-mariadb'],
  },
  {
    name: 'no fence in PostgreSQL, and no sessions ended',
    changes: [
      NOBODY_ENDED.postgres,
      { file: `${POSTGRES}/ledger.ts`, from: 'WHERE epoch = ', to: 'WHERE 0 < ' },
      { file: `${POSTGRES}/ledger.ts`, from: " AND state = 'staged' FOR SHARE", to: '' },
      { file: `${POSTGRES}/control.ts`, from: 'if (row && Number(row.epoch) === run.epoch)', to: 'if (row)' },
    ],
    attack: [...ZOMBIES, 'sqlite-postgres'],
    as: OVERWRITTEN,
  },
  {
    name: 'no fence in MariaDB, and no sessions ended',
    changes: [
      NOBODY_ENDED.mysql,
      { file: `${MYSQL}/ledger.ts`, from: ' LOCK IN SHARE MODE`', to: '`' },
      {
        file: `${MYSQL}/ledger.ts`,
        from: 'if (row && Number(row.epoch) === run.epoch) return;',
        to: 'if (row) return;',
      },
    ],
    attack: [...ZOMBIES, 'postgres-mariadb'],
    as: OVERWRITTEN,
  },
  {
    name: 'no sessions ended in PostgreSQL, and the fence as it is',
    changes: [NOBODY_ENDED.postgres],
    attack: [...ZOMBIES, 'sqlite-postgres'],
    harmless: true,
  },
  {
    name: 'no sessions ended in MariaDB, and the fence as it is',
    changes: [NOBODY_ENDED.mysql],
    attack: [...ZOMBIES, 'postgres-mariadb'],
    harmless: true,
  },
];

/** Says for each whether the suite saw it; false where a fault went unseen, or where there was none to be seen. */
export async function proved(say: (line: string) => void, only: string | undefined): Promise<boolean> {
  let all = true;
  for (const bug of BUGS.filter(({ name }) => only === undefined || name.includes(only))) {
    const folder = mkdtempSync(join(tmpdir(), 'drover-planted-'));
    try {
      const entry = await buildPatched(bug.changes, folder);
      const seen = await isSeen(bug, entry);
      const right = (seen === null) === (bug.harmless ?? false);
      say(`${right ? 'right' : 'WRONG'}  ${bug.name}: ${seen ?? 'nothing was seen'}`);
      all &&= right;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return all;
}

/** The first such violation, or null. An undisturbed run that fails counts as well. */
async function isSeen({ attack, as = /./ }: Planted, entry: string): Promise<string | null> {
  const options = { ...optionsFrom(['--seed', 'planted', ...attack]), until: as };
  try {
    const { failures } = await faults(options, { entry, say: () => undefined });
    return failures.flatMap(({ result }) => result.violations).find((violation) => as.test(violation)) ?? null;
  } catch (error) {
    return (error as Error).message;
  }
}
