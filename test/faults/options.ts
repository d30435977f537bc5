// What the suite is asked to do, from its command line.

import { parseArgs } from 'node:util';
import type { FaultClass } from './classes/class.ts';
import { classes } from './classes/index.ts';
import { families, type Name } from './servers.ts';
import { pairName } from './subject.ts';

export interface Wanted {
  readonly fault: FaultClass;
  readonly from: Name;
  readonly to: Name;
}

export interface Options {
  readonly seed: string;
  readonly wanted: readonly Wanted[];
  /** Of each class and pair; null: each variant once, and 20 of what is left to chance. */
  readonly runs: number | null;
  /** The first number: cycles before it are left out. */
  readonly first: number;
  readonly minutes: number;
  /** One violation in such words is enough. */
  readonly until?: RegExp;
  /** Classes that can't be tried here, and why. */
  readonly leftOut?: readonly string[];
}

const SEED = { type: 'string', default: String(Date.now() % 1_000_000) } as const;

export function optionsFrom(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: SEED,
      class: { type: 'string', multiple: true, default: [] },
      pair: { type: 'string', multiple: true, default: [] },
      runs: { type: 'string' },
      minutes: { type: 'string', default: '100000' },
      replay: { type: 'string' },
    },
  });
  if (values.replay !== undefined) return replayOf(values.replay);
  const named = classes.filter(({ name }) => values.class.length === 0 || values.class.includes(name));
  const reasons = new Map(named.map((fault) => [fault, fault.impossible?.() ?? null]));
  const leftOut = named.flatMap((fault) => (reasons.get(fault) ? [`${fault.name}: ${reasons.get(fault)}`] : []));
  const wanted = named
    .filter((fault) => !reasons.get(fault))
    .flatMap((fault) => pairs().map(([from, to]) => ({ fault, from, to })))
    .filter(({ fault, from, to }) => fault.fits(from, to))
    .filter(({ from, to }) => values.pair.length === 0 || values.pair.includes(pairName(from, to)));
  if (wanted.length === 0) {
    const names = classes.map(({ name }) => name).join(', ');
    throw new Error(`Nothing to do. Classes: ${names}.${leftOut.map((why) => ` Left out is ${why}.`).join('')}`);
  }
  const runs = values.runs === undefined ? null : Number(values.runs);
  return { seed: values.seed, wanted, runs, first: 0, minutes: Number(values.minutes), leftOut };
}

/** Of what has no classes. */
export function seedAndPairs(args: readonly string[]): { readonly seed: string; readonly pairs: readonly string[] } {
  const { values } = parseArgs({
    args: [...args],
    options: { seed: SEED, pair: { type: 'string', multiple: true, default: [] } },
  });
  return { seed: values.seed, pairs: values.pair };
}

/** `<class> <pair> <seed>-<number>`, as the suite prints it. */
function replayOf(text: string): Options {
  const [, name, pair, seed, number] = /^(\S+) (\S+) (\S+)-(\d+)$/.exec(text) ?? [];
  const fault = classes.find((each) => each.name === name);
  const found = pairs().find(([from, to]) => pairName(from, to) === pair);
  if (!fault || !found) throw new Error(`There is no cycle "${text}": <class> <pair> <seed>-<number> is wanted.`);
  const [from, to] = found;
  return { seed: seed!, wanted: [{ fault, from, to }], runs: 1, first: Number(number), minutes: 100_000 };
}

function pairs(): (readonly [Name, Name])[] {
  return families.flatMap((from) => families.map((to) => [from, to] as const));
}
