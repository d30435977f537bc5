// A short slice of the faults suite, by a seed: kills at named points and at random, in a process of Drover each, and
// changes that a verification must find.

import { expect, it } from 'vitest';
import { program } from '../support/program.ts';
import { chosen, whole } from '../support/slice.ts';
import { mutations } from './mutations/mutations.ts';
import { optionsFrom } from './options.ts';
import { faults } from './suite.ts';

const seed = process.env.DROVER_TEST_SEED ?? 'drover';

/** One of each family as source and as target. */
const PAIRS = ['sqlite-postgres', 'postgres-mariadb', 'mariadb-sqlite'];
const CLASSES = ['wire', 'kill', 'zombie', 'answers'];
/** On one pair each: they take a while, or need databases of their own. */
const RARE: readonly (readonly [pair: string, name: string])[] = [
  ['postgres-mariadb', 'deadlock'],
  ['postgres-mariadb', 'revoke'],
  ['mariadb-sqlite', 'changed'],
];

it('keeps what was promised, whatever is killed, cut, locked or taken away', async () => {
  const said: string[] = [];
  const runs = whole ? '10' : '1';
  const often = optionsFrom([
    ...['--seed', seed, '--runs', runs],
    ...chosen('faults', PAIRS, 2).flatMap((pair) => ['--pair', pair]),
    ...CLASSES.flatMap((name) => ['--class', name]),
  ]);
  const rare = RARE.flatMap(([pair, name]) => optionsFrom(['--pair', pair, '--class', name, '--runs', runs]).wanted);
  const options = { ...often, wanted: [...often.wanted, ...rare] };
  const tally = await faults(options, { entry: program('cli'), say: (line) => void said.push(line) });
  expect(tally.failures.length, said.join('\n')).toBe(0);
  expect(
    [...tally.cells.values()].some(({ struck }) => struck > 0),
    said.join('\n'),
  ).toBe(true);
}, 600_000);

it('finds what changed behind its back, and nothing else', async () => {
  const said: string[] = [];
  const figures = await mutations({ seed, pairs: PAIRS, count: whole ? 600 : 60 }, (line) => void said.push(line));
  expect(figures.violations, said.join('\n')).toEqual([]);
}, 600_000);
