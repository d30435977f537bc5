// The options behind WITH: what each of pgloader's means here.

import type { LoadCommand, LoadNote } from '../../../shared/model/loadfile.ts';
import type { Scanner } from './scanner.ts';

type Settings = Partial<Pick<LoadCommand, 'naming' | 'mode' | 'skipErrors' | 'batchRows' | 'workers'>>;

interface Meaning {
  readonly taken: LoadNote['taken'];
  readonly why: string;
  readonly set?: Settings;
}

interface Option {
  readonly phrase: RegExp;
  readonly means: (found: RegExpExecArray) => Meaning;
}

const always = (why: string): Meaning => ({ taken: 'yes', why });
const never = (why: string): Meaning => ({ taken: 'no', why });

const MADE = 'Drover always makes the table anew, with its structure, and exchanges it as a whole.';

const options: readonly Option[] = [
  {
    phrase: /include\s+(no\s+)?drop\b/iy,
    means: ([, no]) =>
      no
        ? { taken: 'yes', why: 'Mode create: what stands in the target stays.', set: { mode: 'create' } }
        : {
            taken: 'yes',
            why: 'Mode replace: tables that stand in the target are exchanged, and kept as a backup.',
            set: { mode: 'replace' },
          },
  },
  {
    phrase: /(no\s+)?truncate\b/iy,
    means: ([, no]) =>
      no
        ? always('Nothing is emptied.')
        : {
            taken: 'partly',
            why: `Mode replace: the rows of before are kept in a backup. ${MADE}`,
            set: { mode: 'replace' },
          },
  },
  {
    phrase: /create\s+(no\s+)?tables\b/iy,
    means: ([, no]) => (no ? never(MADE) : always('Drover makes every table.')),
  },
  {
    phrase: /create\s+(no\s+)?schemas?\b/iy,
    means: ([, no]) => (no ? always('The schema has to be there.') : never('The schema has to be there before a run.')),
  },
  {
    phrase: /create\s+(no\s+)?indexes\b/iy,
    means: ([, no]) => (no ? never('Drover carries the indexes.') : always('Indexes are carried, after the rows.')),
  },
  {
    phrase: /(no\s+)?foreign\s+keys\b/iy,
    means: ([, no]) =>
      no ? never('Drover carries foreign keys.') : always('Foreign keys are carried, after the rows.'),
  },
  {
    phrase: /reset\s+(no\s+)?sequences\b/iy,
    means: ([, no]) =>
      no
        ? never('Drover sets what hands out numbers behind the highest one.')
        : always('Numbers go on behind the highest one.'),
  },
  { phrase: /schema\s+only\b/iy, means: () => never('Drover moves structure and rows together.') },
  { phrase: /data\s+only\b/iy, means: () => never(MADE) },
  { phrase: /drop\s+schema\b/iy, means: () => never('Drover drops no schema.') },
  {
    phrase: /drop\s+(no\s+)?indexes\b/iy,
    means: () => always('Rows are loaded into a new table, whose indexes come after them.'),
  },
  {
    phrase: /disable\s+(no\s+)?triggers\b/iy,
    means: ([, no]) =>
      no
        ? never('Rows are loaded into a new table, which has no triggers.')
        : always('Rows are loaded into a new table, which has no triggers.'),
  },
  {
    phrase: /(downcase|quote|snake_case)\s+identifiers\b/iy,
    means: ([, how = '']) => {
      const naming = ({ downcase: 'lower', quote: 'keep', snake_case: 'snake' } as const)[how.toLowerCase()] ?? 'lower';
      return { taken: 'yes', why: `Naming policy ${naming}.`, set: { naming } };
    },
  },
  {
    phrase: /(preserve|uniquify)\s+index\s+names\b/iy,
    means: ([, how = '']) =>
      how.toLowerCase() === 'preserve'
        ? always('Names of indexes stay where the target has room for them.')
        : never('Names of indexes stay; those that are taken already get another.'),
  },
  {
    phrase: /on\s+error\s+stop\b/iy,
    means: () => ({
      ...always('The first row that can’t be moved ends the run, which is rolled back.'),
      set: { skipErrors: false },
    }),
  },
  {
    phrase: /on\s+error\s+resume\s+next\b/iy,
    means: () => ({
      taken: 'partly',
      why: 'Rows that can’t be converted are kept aside in the quarantine, without a limit; what only the target refuses ends the run.',
      set: { skipErrors: true },
    }),
  },
  {
    phrase: /workers\s*=\s*(\d+)/iy,
    means: ([, n]) => ({
      taken: 'yes',
      why: 'So many tables, or parts of one, in flight at once.',
      set: { workers: within(n, 64) },
    }),
  },
  {
    phrase: /(?<!batch\s)concurrency\s*=\s*(\d+)/iy,
    means: () => never('Each of Drover’s workers reads and writes; their number is given by workers.'),
  },
  {
    phrase: /batch\s+rows\s*=\s*(\d+)/iy,
    means: ([, n]) => ({ taken: 'yes', why: 'So many rows are sent at once.', set: { batchRows: within(n, 100_000) } }),
  },
  {
    phrase: /batch\s+size\s*=\s*\d+\s*[kMGTP]?B\b/iy,
    means: () => never('Drover bounds its batches in bytes by itself.'),
  },
  {
    phrase: /(?:batch\s+concurrency|prefetch\s+rows)\s*=\s*\d+/iy,
    means: () => never('Drover reads no faster than the target takes.'),
  },
  { phrase: /rows\s+per\s+range\s*=\s*\d+/iy, means: () => never('The plan divides tables by itself.') },
  {
    phrase: /(?:single|multiple)\s+readers?\s+per\s+thread\b/iy,
    means: () => never('The plan divides tables by itself.'),
  },
  {
    phrase: /max\s+parallel\s+create\s+index\s*=\s*\d+/iy,
    means: () => never('Indexes are built by as many workers as there are.'),
  },
  {
    phrase: /encoding\s+(?:'[^']*'|"[^"]*"|[\w-]+)/iy,
    means: () => never('Texts are read as the source declares them; steps repair those that are wrong.'),
  },
];

export function withOptions(scanner: Scanner, notes: LoadNote[]): Settings {
  let settings: Settings = {};
  do {
    const line = scanner.line();
    const found = first(scanner);
    if (!found) return scanner.fail('an option that pgloader knows');
    const { taken, why, set } = found.means;
    notes.push({ line, text: found.text, taken, why });
    settings = { ...settings, ...set };
  } while (scanner.sign(','));
  return settings;
}

function first(scanner: Scanner): { text: string; means: Meaning } | null {
  for (const { phrase, means } of options) {
    const found = scanner.next(phrase);
    if (found) return { text: found[0].replace(/\s+/g, ' '), means: means(found) };
  }
  return null;
}

function within(digits: string | undefined, most: number): number {
  return Math.max(1, Math.min(most, Number(digits)));
}
