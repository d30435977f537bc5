// Proves the suite: engines with one fault planted in one file, each of which must turn it red. The product has no switch.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { optionsFrom } from './options.ts';
import { faults } from './suite.ts';

interface Planted {
  readonly name: string;
  readonly file: string;
  /** Each text must stand in the file. */
  readonly changes: readonly (readonly [from: string, to: string])[];
  /** What must go red. */
  readonly attack: readonly string[];
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const BUGS: readonly Planted[] = [
  {
    name: 'staging UNLOGGED',
    file: 'src/engine/dialects/postgres/ddl.ts',
    changes: [['`CREATE TABLE ', '`CREATE UNLOGGED TABLE ']],
    attack: ['--class', 'points-target', '--pair', 'sqlite-postgres', '--runs', '18'],
  },
  {
    name: 'the ledger last, after the rows are committed',
    file: 'src/engine/dialects/postgres/writer.ts',
    changes: [
      ['    await openChunk(client, run, table.name, chunk);\n', ''],
      [
        '      await completeChunk(this.#client,',
        '      await this.#client.query("COMMIT");\n      await this.#client.query("BEGIN");\n      await openChunk(this.#client, this.#run, table.name, chunk);\n      await completeChunk(this.#client,',
      ],
    ],
    attack: ['--class', 'ledger', '--pair', 'postgres-postgres', '--runs', '4'],
  },
  {
    name: 'digests by XOR',
    file: 'src/engine/pipeline/digest.ts',
    changes: [0, 1, 2, 3].map(
      (i) => [`sum[${i}]! += row[${i}]!;`, `sum[${i}] = (sum[${i}]! ^ row[${i}]!) >>> 0;`] as const,
    ),
    attack: ['--class', 'tampered', '--pair', 'sqlite-sqlite', '--runs', '5'],
  },
  {
    name: 'no mark of having published',
    file: 'src/engine/dialects/postgres/publisher.ts',
    changes: [["        await setState(client, identity, 'published');\n", '']],
    attack: ['--class', 'points-app', '--pair', 'sqlite-postgres', '--runs', '1'],
  },
  {
    name: 'no fence: a process that was taken over goes on',
    file: 'src/engine/run/store/store.ts',
    changes: [
      ['if (by && known === 0) throw takenOver(run);', ''],
      ['return row !== undefined;', 'return row !== undefined || true;'],
    ],
    attack: ['--class', 'zombie', '--pair', 'postgres-mariadb', '--runs', '6'],
  },
];

/** Says for each whether the suite saw it; false where one of them went unseen. */
export async function proved(say: (line: string) => void, only: string | undefined): Promise<boolean> {
  let all = true;
  for (const bug of BUGS.filter(({ name }) => only === undefined || name.includes(only))) {
    const folder = mkdtempSync(join(tmpdir(), 'drover-planted-'));
    try {
      const entry = await engineWith(bug, folder);
      const seen = await isSeen(bug, entry);
      say(`${seen ? 'seen  ' : 'UNSEEN'}  ${bug.name}${seen ? `: ${seen}` : ''}`);
      all &&= seen !== null;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return all;
}

/** The first violation, or null. An undisturbed run that fails counts as well. */
async function isSeen({ attack }: Planted, entry: string): Promise<string | null> {
  const options = { ...optionsFrom(['--seed', 'planted', ...attack]), untilViolation: true };
  try {
    const { failures } = await faults(options, { entry, say: () => undefined });
    return failures[0]?.result.violations[0] ?? null;
  } catch (error) {
    return (error as Error).message;
  }
}

async function engineWith({ file, changes }: Planted, folder: string): Promise<string> {
  let contents = readFileSync(join(ROOT, file), 'utf8');
  for (const [from, to] of changes) {
    if (!contents.includes(from)) throw new Error(`${file} has changed: there is no ${from}`);
    contents = contents.replaceAll(from, to);
  }
  const out = join(folder, 'out', 'main');
  mkdirSync(out, { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  await build({
    entryPoints: { cli: join(ROOT, 'src/cli/index.ts'), worker: join(ROOT, 'src/engine/worker.ts') },
    ...{ outdir: out, bundle: true, format: 'esm', platform: 'node', target: 'node22', packages: 'external' },
    plugins: [
      {
        name: 'planted',
        setup({ onLoad }) {
          onLoad({ filter: /\.ts$/ }, ({ path }) =>
            path === join(ROOT, file) ? { contents, loader: 'ts' as const } : undefined,
          );
        },
      },
    ],
  });
  return join(out, 'cli.js');
}
