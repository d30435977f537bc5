// A short slice of the faults suite, by a seed: kills at named points and at random, in a process of Drover each.

import { expect, it } from 'vitest';
import { program } from '../support/program.ts';
import { whole } from '../support/slice.ts';
import { optionsFrom } from './options.ts';
import { faults } from './suite.ts';

const seed = process.env.DROVER_TEST_SEED ?? 'drover';

/** One of each family as source and as target. */
const PAIRS = ['sqlite-postgres', 'postgres-mariadb', 'mariadb-sqlite'];
const CLASSES = ['wire', 'kill', 'zombie', 'answers'];

it('keeps what was promised, whatever is killed or cut', async () => {
  const said: string[] = [];
  const options = optionsFrom([
    ...['--seed', seed, '--runs', whole ? '10' : '1'],
    ...PAIRS.flatMap((pair) => ['--pair', pair]),
    ...CLASSES.flatMap((name) => ['--class', name]),
  ]);
  const tally = await faults(options, { entry: program('cli'), say: (line) => void said.push(line) });
  expect(tally.failures.length, said.join('\n')).toBe(0);
  expect(
    [...tally.cells.values()].some(({ struck }) => struck > 0),
    said.join('\n'),
  ).toBe(true);
}, 600_000);
