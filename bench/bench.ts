// The benchmark: makes the data, measures Drover against others who do the same, against the raw limit and against its own limits, its smallest pieces against a baseline, and says which targets are met.

import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { count, many, size } from '../src/shared/format.ts';
import { measureApp } from './app/app.ts';
import { appVerdict } from './app/figure.ts';
import { CLI } from './contenders/drover.ts';
import type { BenchContext } from './context.ts';
import { prepare } from './data/prepare.ts';
import { shop } from './data/shop.ts';
import { rowsOf } from './data/tables.ts';
import { measureDump } from './dump.ts';
import { startEngines } from './engines.ts';
import type { Figure } from './figures.ts';
import { GROWTH, measureGrowth } from './growth.ts';
import { measureLedger } from './ledger.ts';
import { describeMachine, machineLines } from './machine.ts';
import { measureMemory, memoryRows } from './memory.ts';
import { microVerdict } from './micro/figure.ts';
import { measureMicro } from './micro/micro.ts';
import { type BenchOptions, type Part, readOptions, USAGE } from './options.ts';
import { measurePairs } from './pairs.ts';
import { measureRaw } from './raw.ts';
import { measureShapes } from './shapes.ts';
import { measureStartup } from './startup.ts';
import { memoryVerdict, reportLines } from './table.ts';
import { transformVerdict } from './transforms/figure.ts';
import { measureTransforms } from './transforms/transforms.ts';

/** They move the shop's rows. */
const SHOP_PARTS: readonly Part[] = ['raw', 'pairs', 'dump', 'ledger'];
const WITHOUT_SERVERS: readonly Part[] = ['transforms', 'micro', 'app'];

process.exitCode = await main();

async function main(): Promise<number> {
  let options: BenchOptions | 'help';
  try {
    options = readOptions(process.argv.slice(2));
    if (options === 'help') {
      say(USAGE, process.stdout);
      return 0;
    }
    await refuseHopeless(options);
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return 2;
  }
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interrupted.abort());
  try {
    return await bench(options, interrupted.signal);
  } catch (error) {
    if (!interrupted.signal.aborted) throw error;
    say('Stopped; nothing is left behind.');
    return 130;
  }
}

async function bench(options: BenchOptions, signal: AbortSignal): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'drover-bench-'));
  const needed = options.parts.some((part) => !WITHOUT_SERVERS.includes(part)) ? options.engines : [];
  const { engines, missing } = await startEngines(needed, folder);
  try {
    const people = options.json ? process.stderr : process.stdout;
    const machine = describeMachine(engines);
    for (const line of machineLines(machine)) say(line, people);
    const figures: Figure[] = [];
    const context: BenchContext = {
      options,
      folder,
      engines,
      signal,
      say,
      figures,
      app: [],
      transforms: [],
      micro: [],
      startup: [],
      absent: new Map(),
      missing: [...missing],
    };
    if (options.parts.some((part) => SHOP_PARTS.includes(part))) {
      const prepared = await prepare(shop(options.scale), join(folder, 'rows'), signal);
      const { set, bytes } = prepared;
      say(
        `Data: ${set.tables.map(({ name, rows }) => `${count(rows)} ${name}`).join(', ')}; ${many(rowsOf(set), 'row')}, ${size(bytes)} as text, 10 keys and indexes, 3 foreign keys.`,
        people,
      );
      if (options.parts.includes('raw')) await measureRaw(context, prepared);
      if (options.parts.includes('pairs')) await measurePairs(context, prepared);
      if (options.parts.includes('dump')) await measureDump(context, prepared);
      if (options.parts.includes('ledger')) await measureLedger(context, prepared);
      rmSync(join(folder, 'rows'), { recursive: true });
    }
    if (options.parts.includes('memory')) await measureMemory(context);
    if (options.parts.includes('growth')) await measureGrowth(context);
    if (options.parts.includes('shapes')) await measureShapes(context);
    if (options.parts.includes('startup')) await measureStartup(context);
    if (options.parts.includes('transforms')) await measureTransforms(context);
    if (options.parts.includes('micro')) await measureMicro(context);
    if (options.parts.includes('app')) await measureApp(context);
    const { app, transforms, micro, startup, missing: notMeasured } = context;
    for (const line of reportLines(context)) say(line, people);
    if (options.json)
      say(JSON.stringify({ machine, figures, startup, transforms, micro, app, notMeasured }, null, 2), process.stdout);
    const verdicts = [...transforms.map(transformVerdict), ...app.map(appVerdict)];
    const isSlower = micro.some((figure) => microVerdict(figure) === 'slower');
    return figures.some(isShort) || verdicts.includes('short') || isSlower ? 1 : 0;
  } finally {
    await Promise.all(engines.map((engine) => engine.stop()));
    rmSync(folder, { recursive: true, force: true });
  }
}

async function refuseHopeless({ parts, scale, full }: BenchOptions): Promise<void> {
  if (Number(process.versions.node.split('.')[0]) < 22) {
    throw new Error(`The benchmark needs Node 22 or newer, this is ${process.version}: start it with npm run bench.`);
  }
  if (!existsSync(CLI)) throw new Error('Drover is not built yet: start the benchmark with npm run bench.');
  // Text, sources, a target and its staging tables, with their indexes and logs.
  const largest = parts.includes('growth') ? scale * (Math.max(...GROWTH) / 4) : scale;
  const wanted = 8 * Math.max(largest * 430e6, parts.includes('memory') ? memoryRows({ full }) * 1_000 : 0);
  const { bavail, bsize } = await statfs(tmpdir());
  if (bavail * bsize < wanted) {
    throw new Error(
      `The benchmark wants ${size(wanted)} in ${tmpdir()}, where ${size(bavail * bsize)} are free: choose a smaller --scale, or another TMPDIR.`,
    );
  }
}

function isShort(figure: Figure): boolean {
  if (figure.contender !== 'Drover') return false;
  return figure.failure !== null || (figure.part === 'memory' && memoryVerdict(figure).startsWith('short'));
}

function say(line: string, stream: NodeJS.WriteStream = process.stderr): void {
  stream.write(`${line}\n`);
}
