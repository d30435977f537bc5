// Previewing: one table's first rows through the lanes that its mapping gives, as it stands at this moment.

import { DroverError } from '../shared/errors.ts';
import type { Catalog } from '../shared/model/catalog.ts';
import type { Project } from '../shared/model/mapping.ts';
import type { Preview, Trace } from '../shared/model/preview.ts';
import type { Profile } from '../shared/model/profile.ts';
import type { Opened } from './connect/endpoint.ts';
import type { Scan } from './dialects/dialect.ts';
import { readingWhile } from './inspect/leaving.ts';
import type { Recall } from './inspect/recall.ts';
import { type FirstRows, readFirstRows, storageShown } from './pipeline/first-rows.ts';
import type { Shaping } from './pipeline/order.ts';
import { previewOf } from './pipeline/preview.ts';
import { traceOf } from './pipeline/trace.ts';
import { type PreviewLanes, previewLanes } from './plan/preview.ts';

interface PreviewedSide {
  readonly opened: Opened;
  readonly catalog: Catalog;
}

export interface PreviewInput {
  readonly project: Project;
  readonly table: { readonly source: string; readonly target: string };
  readonly limit: number;
  readonly source: PreviewedSide;
  readonly target: PreviewedSide;
  readonly recall: Recall;
  /** Secrets that steps may name. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

export async function previewTable(input: PreviewInput): Promise<Preview> {
  const { table, source, target } = input;
  const { first, lanes } = await readSample(input);
  const sourceCan = source.opened.dialect.capabilities(source.catalog.server);
  const targetCan = target.opened.dialect.capabilities(target.catalog.server);
  return previewOf(first, {
    table: table.source,
    columns: lanes.columns,
    besides: lanes.besides,
    shaping: shapingOf(input),
    limits: { source: sourceCan.values, target: targetCan.values },
    target: targetCan,
  });
}

/** What the steps of one column make of the same rows. Throws `map.bad-transform`, `project.invalid`. */
export async function traceColumn(
  input: PreviewInput,
  column: { readonly source: string; readonly target: string },
): Promise<Trace> {
  const { first, lanes } = await readSample(input);
  const all = lanes.columns.map(({ lane }) => lane);
  const position = all.findIndex(({ source, target }) => source === column.source && target === column.target);
  if (position < 0) {
    throw new DroverError('project.invalid', `The project does not map ${input.table.source}.${column.source}.`, {
      hint: 'Choose a column of the project.',
      where: { side: 'project', table: input.table.source, column: column.source },
    });
  }
  return traceOf(first, all, lanes.besides, position, shapingOf(input));
}

function shapingOf({ secrets }: PreviewInput): Shaping {
  return { secrets, now: new Date().toISOString() };
}

interface Sampled {
  readonly first: FirstRows;
  readonly lanes: PreviewLanes;
}

/** Where columns do not bind their values, the first rows may show that the plan will read a column otherwise. */
async function readSample(input: PreviewInput): Promise<Sampled> {
  const { table, source, limit, recall, signal } = input;
  const known = recall.get(source.opened.url, source.catalog.fingerprint);
  const lanes = lanesOf(input, known);
  signal.throwIfAborted();
  const opened = await source.opened.dialect.openReader(source.opened.access, null, 'source');
  const reader = readingWhile(opened, signal);
  try {
    const scan = scanOf(input, lanes);
    const first = await readFirstRows(reader, scan, limit);
    const shown = storageShown(scan.columns, first);
    const open = Object.entries(shown).filter(([column]) => known[table.source]?.[column]?.storageText === undefined);
    if (open.length === 0) return { first, lanes };
    const seen = { ...known, [table.source]: { ...known[table.source], ...Object.fromEntries(open) } };
    const again = lanesOf(input, seen);
    return { first: await readFirstRows(reader, scanOf(input, again), limit), lanes: again };
  } finally {
    await reader.close();
  }
}

function lanesOf({ project, table, source, target, secrets }: PreviewInput, known: Profile): PreviewLanes {
  const sides = {
    project,
    source: source.catalog,
    target: target.catalog,
    sourceDialect: source.opened.dialect,
    targetDialect: target.opened.dialect,
    secrets,
  };
  return previewLanes(sides, table, known);
}

function scanOf({ table }: PreviewInput, { filter, columns, besides }: PreviewLanes): Scan {
  return {
    table: { name: table.source, staging: null },
    columns: [
      ...columns.map(({ lane }) => ({
        name: lane.source,
        native: lane.sourceNative,
        logical: lane.sourceLogical,
      })),
      ...besides,
    ],
    filter,
    range: { kind: 'all' },
  };
}
