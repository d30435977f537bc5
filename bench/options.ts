// The options of `npm run bench`, and what they mean.

import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { EngineName } from './engines.ts';

const PARTS = [
  'raw',
  'pairs',
  'dump',
  'ledger',
  'memory',
  'growth',
  'shapes',
  'startup',
  'transforms',
  'micro',
  'app',
] as const;
export type Part = (typeof PARTS)[number];

/** What says most in the least time. */
const QUICK: readonly Part[] = ['raw', 'pairs', 'startup', 'transforms'];
const QUICK_PAIRS = 'mariadb-postgres,sqlite-postgres';
const NAMES = PARTS.join(', ').replace(/, (?=\w+$)/, ' or ');

export interface BenchOptions {
  readonly scale: number;
  readonly rounds: number;
  readonly parts: readonly Part[];
  readonly engines: readonly EngineName[];
  /** null: every pair of the engines. */
  readonly pairs: readonly (readonly [EngineName, EngineName])[] | null;
  /** A selection that ends in under three minutes. */
  readonly quick: boolean;
  /** Memory with 1,000,000 rows and every pair. */
  readonly full: boolean;
  /** The baseline of the micro-benchmarks is written anew. */
  readonly rebase: boolean;
  readonly workers: number | null;
  /** Folder for processor profiles of Drover. */
  readonly profile: string | null;
  readonly json: boolean;
}

export const USAGE = `npm run bench -- [options]

  --scale <n>      size of the data: 1 is 4,600,000 rows, 429 MB (default 0.1; --quick 0.2)
  --rounds <n>     how often each contender runs, in turn; medians are printed (default 1)
  --pairs <list>   only these, e.g. mariadb-postgres,sqlite-postgres (default: every pair)
  --part <name>    ${NAMES};
                   may be repeated (default: all; growth only with --full, or by its name)
  --quick          in under three minutes: ${QUICK.join(', ')}; two pairs; small data
  --memory         the same as --part memory
  --full           memory with 1,000,000 rows and every pair (default: 200,000 rows, each engine once on each side)
  --rebase         micro writes bench/baseline.json anew, instead of comparing with it
  --mysql9         MySQL 9 as well, fetched where that is possible
  --workers <n>    handed on to Drover
  --profile <dir>  processor profiles of Drover for node's tools; its figures are then slower
  --json           figures as JSON on stdout, text for people on stderr

Contenders are used where they are installed: pgloader, psql, pg_dump, mariadb or mysql, mariadb-dump, sqlite3. The app needs Chromium.
Exit status: 0 measured; 1 a migration by Drover failed, or its memory, transforms or app missed a limit, or one
of the micro-benchmarks is slower than 1.5 times its baseline (see docs/performance.md); 2 not started. What the table
of targets says at the end leaves it as it is: bench/RESULTS.md tells how to read that.`;

/** Throws an Error with a sentence for people. */
export function readOptions(words: readonly string[]): BenchOptions | 'help' {
  const { values } = parseArgs({
    args: [...words],
    options: {
      scale: { type: 'string' },
      rounds: { type: 'string', default: '1' },
      pairs: { type: 'string' },
      part: { type: 'string', multiple: true },
      memory: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      full: { type: 'boolean', default: false },
      rebase: { type: 'boolean', default: false },
      mysql9: { type: 'boolean', default: false },
      workers: { type: 'string' },
      profile: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  const mysql9 = values.mysql9 || (values.pairs?.includes('mysql9') ?? false);
  const engines: EngineName[] = ['postgres', 'mariadb', 'sqlite', ...(mysql9 ? (['mysql9'] as const) : [])];
  const parts: Part[] = [...(values.part ?? []).map(part), ...(values.memory ? (['memory'] as const) : [])];
  const pairs = values.pairs ?? (values.quick ? QUICK_PAIRS : null);
  return {
    scale: numberIn('--scale', values.scale ?? (values.quick ? '0.2' : '0.1'), 0.001, 10),
    rounds: Math.round(numberIn('--rounds', values.rounds, 1, 100)),
    parts: parts.length > 0 ? parts : partsOf(values),
    engines,
    pairs: pairs === null ? null : pairs.split(',').map((text) => pair(text, engines)),
    quick: values.quick,
    full: values.full,
    rebase: values.rebase,
    workers: values.workers === undefined ? null : Math.round(numberIn('--workers', values.workers, 1, 64)),
    profile: values.profile === undefined ? null : resolve(values.profile),
    json: values.json,
  };
}

function partsOf({ quick, full }: { readonly quick: boolean; readonly full: boolean }): readonly Part[] {
  if (quick) return QUICK;
  return PARTS.filter((name) => full || name !== 'growth');
}

function numberIn(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= least && value <= most) return value;
  throw new Error(`${name} must be a number from ${least} to ${most}.`);
}

function part(text: string): Part {
  const found = PARTS.find((each) => each === text);
  if (found) return found;
  throw new Error(`--part must be ${NAMES}.`);
}

function pair(text: string, engines: readonly EngineName[]): readonly [EngineName, EngineName] {
  const [source, target, ...more] = text
    .trim()
    .split('-')
    .map((name) => engines.find((engine) => engine === name));
  if (source && target && more.length === 0) return [source, target];
  throw new Error(`--pairs must be like mariadb-postgres, of ${engines.join(', ')}.`);
}
