// What every part of the benchmark works with.

import type { AppFigure } from './app/figure.ts';
import { fill } from './data/fill.ts';
import type { Prepared } from './data/prepare.ts';
import type { Address, Engine, EngineName } from './engines.ts';
import type { Figure, StartupFigure } from './figures.ts';
import type { MicroFigure } from './micro/figure.ts';
import type { BenchOptions } from './options.ts';
import type { TransformFigure } from './transforms/figure.ts';

export interface BenchContext {
  readonly options: BenchOptions;
  /** A folder of this run alone, deleted at its end. */
  readonly folder: string;
  readonly engines: readonly Engine[];
  readonly signal: AbortSignal;
  /** A line for people about what goes on. */
  readonly say: (line: string) => void;
  readonly figures: Figure[];
  /** Of the app: not migrations, but screens. */
  readonly app: AppFigure[];
  readonly transforms: TransformFigure[];
  readonly micro: MicroFigure[];
  readonly startup: StartupFigure[];
  /** Rival → why it could not run here. */
  readonly absent: Map<string, string>;
  /** Sentences about what could not be measured here. */
  readonly missing: string[];
}

/** The pairs that were asked for, of the engines that are here. */
export function pairsOf({ options, engines }: BenchContext): readonly (readonly [Engine, Engine])[] {
  const wanted = (source: EngineName, target: EngineName) =>
    options.pairs === null || options.pairs.some(([from, to]) => from === source && to === target);
  return engines.flatMap((source) =>
    engines.filter((target) => wanted(source.name, target.name)).map((target) => [source, target] as const),
  );
}

/** The pairs that were asked for; without any, each engine once as source and once as target. */
export function ringOf(context: BenchContext): readonly (readonly [Engine, Engine])[] {
  const { engines, options } = context;
  if (options.pairs) return pairsOf(context);
  return engines.map((source, i) => [source, engines[(i + 1) % engines.length]!] as const);
}

let made = 0;

/** Gives a fresh, empty database to `use`, and drops it afterwards. */
export async function withDatabase<T>(engine: Engine, use: (address: Address) => Promise<T>): Promise<T> {
  const address = await engine.create(`bench_target_${++made}`);
  try {
    return await use(address);
  } finally {
    await engine.drop(address);
  }
}

/** Source databases with the same rows, one for each engine that was asked for. */
export async function filledSources(
  context: BenchContext,
  prepared: Prepared,
  engines: ReadonlySet<Engine>,
): Promise<ReadonlyMap<EngineName, Address>> {
  const sources = new Map<EngineName, Address>();
  for (const engine of engines) {
    context.say(`Filling ${engine.name}`);
    const address = await engine.create(`bench_${prepared.set.name}`);
    await fill(address, prepared, context.signal);
    sources.set(engine.name, address);
  }
  return sources;
}
