// Writes the figures for people: tables, comparisons, and what was not measured.

import { count, size } from '../src/shared/format.ts';
import { type AppFigure, appVerdict, middle } from './app/figure.ts';
import { table } from './columns.ts';
import type { Phases } from './contenders/outcome.ts';
import { COPY_ONLY } from './contenders/pgloader.ts';
import { type BenchContext, pairsOf } from './context.ts';
import { type Figure, medians } from './figures.ts';
import { LEDGER_SHARE, WITHOUT_LEDGER } from './ledger.ts';
import { MEMORY_LIMIT } from './memory.ts';
import { type MicroFigure, microVerdict } from './micro/figure.ts';
import { targetLines } from './targets/lines.ts';
import { type Run, targetsOf } from './targets/targets.ts';
import { middleOf, type TransformFigure, transformVerdict } from './transforms/figure.ts';

export function reportLines(context: BenchContext): string[] {
  const { figures, transforms, micro, app, missing } = context;
  const lines: string[] = [];
  const section = (title: string, content: readonly string[]) => {
    if (content.length > 0) lines.push('', title, '', ...content);
  };
  const all = medians(figures);
  const of = (part: Figure['part']) => all.filter((figure) => figure.part === part);
  section(
    'Raw limits: the databases’ own clients, one table after the other: from prepared files, or into nothing',
    rawTable(of('raw')),
  );
  section(
    'Whole migrations, with indexes and foreign keys (pgloader with prefetch rows = 25000: by default it runs out of memory)',
    pairTable(of('pairs')),
  );
  section('Compared', comparisons(of('pairs'), of('raw')));
  section('PostgreSQL beside its own dump, on a server of its version', pairTable(of('dump')));
  section(
    `Ledger: SQLite’s rows with it and without, in turn; it may cost ${100 * LEDGER_SHARE} % of the copy`,
    ledgerTable(figures),
  );
  section(`Memory: one table of rows of 1 kB, limit ${size(MEMORY_LIMIT)}`, memoryTable(of('memory')));
  section('Growth: the same shop with 1, 4 and 16 times the rows', pairTable(of('growth')));
  section('Shapes: 500 columns, values of 10 MB, 1,000 tables of 20 rows, 1,000 empty ones', shapeTable(of('shapes')));
  section(
    'Transforms: read, shape and convert, nothing written; medians in rows a second of one core',
    transformTable(transforms),
  );
  section(
    'Micro: processor seconds for a million values; the baseline as this machine would have it',
    microTable(micro),
  );
  section('App: in Chromium, medians against what is promised', appTable(app));
  const failed = all.filter(({ failure }) => failure !== null);
  section('Not measured', [
    ...missing.map((sentence) => `- ${sentence}`),
    ...failed.map((figure) => `- ${figure.part}: ${pairName(figure)}, ${figure.contender}: ${figure.failure}`),
  ]);
  section('Targets', targetLines(targetsOf(runOf(context, all))));
  return lines;
}

function runOf(context: BenchContext, all: readonly Figure[]): Run {
  const { options, absent, transforms, startup } = context;
  const pairs = pairsOf(context).map(([source, target]) => [source.name, target.name] as const);
  return { parts: options.parts, pairs, medians: all, absent, transforms, startup };
}

function pairTable(figures: readonly Figure[]): string[] {
  return table(
    ['pair', 'contender', 'rows', 'whole s', 'rows/s', 'plan s', 'copy s', 'index s', 'verify s', 'CPU s', 'peak'],
    figures.map((figure) => [
      pairName(figure),
      figure.contender,
      ...wholeCells(figure),
      ...phaseCells(figure, 'plan', 'copy', 'index', 'verify'),
      ...costCells(figure),
    ]),
  );
}

function rawTable(figures: readonly Figure[]): string[] {
  return table(
    ['what', 'client', 'rows', 'whole s', 'rows/s', 'copy s', 'index s', 'CPU s', 'peak'],
    figures.map((figure) => [
      pairName(figure),
      figure.contender.split(',')[0]!,
      ...wholeCells(figure),
      ...phaseCells(figure, 'copy', 'index'),
      ...costCells(figure),
    ]),
  );
}

function memoryTable(figures: readonly Figure[]): string[] {
  return table(
    ['pair', 'rows', 'whole s', 'rows/s', 'peak', ''],
    figures.map((figure) => [pairName(figure), ...wholeCells(figure), peakCell(figure), memoryVerdict(figure)]),
  );
}

function shapeTable(figures: readonly Figure[]): string[] {
  return table(
    ['shape', 'what', 'contender', 'whole s', 'plan s', 'copy s', 'index s', 'verify s', 'CPU s', 'peak'],
    figures.map((figure) => [
      figure.set,
      pairName(figure),
      figure.contender,
      wholeCells(figure)[1]!,
      ...phaseCells(figure, 'plan', 'copy', 'index', 'verify'),
      ...costCells(figure),
    ]),
  );
}

/** Each round's two copies are compared with each other: a slow minute slows both. */
function ledgerTable(figures: readonly Figure[]): string[] {
  const own = figures.filter(({ part }) => part === 'ledger');
  const targets = [...Map.groupBy(own, ({ target }) => target)];
  return table(
    ['into', 'copy s', 'without s', 'more', 'in a round, from', 'to', 'rounds', ''],
    targets.map(([target, each]) => {
      const copies = (without: boolean) =>
        each
          .filter(({ contender }) => (contender === WITHOUT_LEDGER) === without)
          .map(({ copy }) => copy ?? Number.NaN);
      const [as, without] = [copies(false), copies(true)];
      const shares = as.map((seconds_, round) => seconds_ / without[round]! - 1).sort((a, b) => a - b);
      const middle = shares[shares.length >> 1]!;
      return [
        target ?? '–',
        middleOf(as).toFixed(2),
        middleOf(without).toFixed(2),
        ...[middle, shares[0]!, shares.at(-1)!].map((share) => `${(100 * share).toFixed(1)} %`),
        String(shares.length),
        middle <= LEDGER_SHARE ? 'PASS' : 'short',
      ];
    }),
  );
}

function transformTable(figures: readonly TransformFigure[]): string[] {
  return table(
    ['what', 'with', 'rows/s a core', 'best', 'by the clock', 'limit', 'rounds', ''],
    figures.map((figure) => [
      figure.what,
      figure.data,
      count(middleOf(figure.perCore)),
      count(Math.max(...figure.perCore)),
      count(middleOf(figure.perSecond)),
      figure.limit === null ? '–' : count(figure.limit),
      String(figure.perCore.length),
      transformVerdict(figure),
    ]),
  );
}

function microTable(figures: readonly MicroFigure[]): string[] {
  return table(
    ['what', 'seconds', 'baseline', 'ratio', ''],
    figures.map((figure) => [
      figure.what,
      figure.seconds.toFixed(3),
      figure.baseline?.toFixed(3) ?? '–',
      figure.ratio?.toFixed(2) ?? '–',
      microVerdict(figure),
    ]),
  );
}

function appTable(figures: readonly AppFigure[]): string[] {
  return table(
    ['what', 'with', 'median', 'worst', 'limit', 'unit', 'rounds', 'load', ''],
    figures.map((figure) => {
      const { what, data, unit, values, bound, load } = figure;
      const cell = (value: number) => (unit === 'bytes' ? size(value) : value.toFixed(unit === 'ms' ? 0 : 1));
      return [
        what,
        data,
        cell(middle(values)),
        cell(Math.max(...values)),
        bound === null ? '–' : cell(bound),
        unit,
        String(values.length),
        load.toFixed(1),
        appVerdict(figure),
      ];
    }),
  );
}

export function memoryVerdict({ peak, failure }: Figure): string {
  if (failure !== null) return 'failed';
  if (peak === null) return 'not measured';
  return peak <= MEMORY_LIMIT ? 'PASS' : `short: ${size(peak - MEMORY_LIMIT)} over`;
}

/** Against pgloader and the raw limit, whole and copy alone, as factors. */
function comparisons(pairs: readonly Figure[], raws: readonly Figure[]): string[] {
  const good = (figure: Figure | undefined) => (figure?.failure === null ? figure : undefined);
  return pairs.flatMap((drover) => {
    if (drover.contender !== 'Drover' || drover.failure !== null) return [];
    const rival = (contender: string) =>
      good(pairs.find((each) => pairName(each) === pairName(drover) && each.contender === contender));
    const pgloader = rival('pgloader');
    const copier = rival(COPY_ONLY);
    const raw = good(raws.find(({ target }) => target === drover.target));
    const parts = [
      pgloader && `${factor(pgloader.wall, drover.wall)} as fast as pgloader`,
      copier?.copy && drover.copy && `copy alone ${factor(copier.copy, drover.copy)}`,
      raw?.copy && drover.copy && `copy takes ${factor(drover.copy, raw.copy)} the raw limit`,
      raw && `all of it ${factor(drover.wall, raw.wall)}`,
    ].filter(Boolean);
    return parts.length > 0 ? [`${pairName(drover)}: ${parts.join(', ')}`] : [];
  });
}

function wholeCells({ rows, wall, failure }: Figure): string[] {
  return failure === null ? [count(rows), seconds(wall), count(rows / wall)] : [count(rows), 'failed', '–'];
}

function phaseCells(figure: Figure, ...phases: (keyof Phases)[]): string[] {
  return phases.map((phase) => seconds(figure.failure === null ? figure[phase] : null));
}

function costCells(figure: Figure): string[] {
  return [figure.failure === null ? seconds(figure.cpu) : '–', peakCell(figure)];
}

function peakCell({ peak, failure }: Figure): string {
  return peak === null || failure !== null ? '–' : size(peak);
}

function pairName({ source, target }: Figure): string {
  if (source === null) return `into ${target}`;
  return target === null ? `out of ${source}` : `${source} → ${target}`;
}

function seconds(value: number | null): string {
  return value === null ? '–' : value.toFixed(1);
}

function factor(one: number, other: number): string {
  return `${(one / other).toFixed(1)}×`;
}
