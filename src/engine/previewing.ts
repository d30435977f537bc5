// Previewing: one table's first rows through the lanes that its mapping gives, as it stands at this moment.

import { DroverError } from '../shared/errors.ts';
import type { Preview, Trace } from '../shared/model/preview.ts';
import type { Profile } from '../shared/model/profile.ts';
import type { Capabilities } from './dialects/capabilities.ts';
import type { Scan } from './dialects/reading.ts';
import { withSession } from './inspect/inspect.ts';
import { readingWhile } from './inspect/leaving.ts';
import type { Limits } from './pipeline/convert.ts';
import { type FirstRows, readFirstRows, storageShown } from './pipeline/first-rows.ts';
import type { Shaping } from './pipeline/order.ts';
import { previewOf } from './pipeline/preview.ts';
import { traceOf } from './pipeline/trace.ts';
import { needsDeriving, withDerived } from './plan/derived.ts';
import { type PreviewLanes, previewLanes } from './plan/preview.ts';
import type { PreviewInput } from './preview-input.ts';
import { type WorkFor, withLookups } from './previewing-lookups.ts';

export async function previewTable(input: PreviewInput): Promise<Preview> {
  const { first, lanes } = await readSample(input);
  return withLookups(input, workIn(input), async (lookups) =>
    previewOf(first, {
      table: input.table.source,
      columns: lanes.columns,
      besides: lanes.besides,
      rules: lanes.rules,
      shaping: shapingOf(input, lookups),
      limits: limitsOf(input),
      target: targetCan(input),
    }),
  );
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
  return withLookups(input, workIn(input), async (lookups) =>
    traceOf(first, all, lanes.besides, position, shapingOf(input, lookups)),
  );
}

function shapingOf({ secrets }: PreviewInput, lookups: string): Shaping {
  return { secrets, now: new Date().toISOString(), lookups };
}

function limitsOf(input: PreviewInput): Limits {
  return { source: sourceCan(input).values, target: targetCan(input).values };
}

function sourceCan({ source }: PreviewInput): Capabilities {
  return source.opened.dialect.capabilities(source.catalog.server);
}

function targetCan({ target }: PreviewInput): Capabilities {
  return target.opened.dialect.capabilities(target.catalog.server);
}

/** What is known of another table of the project is enough: its rows are only looked through for keys. */
function workIn(input: PreviewInput): WorkFor {
  return async ({ source, target }, lookups) => {
    const own = await withDerivedTable({ ...input, table: { source, target } });
    const { opened, catalog } = own.source;
    const { table, filter, besides, columns } = lanesOf(own, own.recall.get(opened.url, catalog.fingerprint).profile);
    const nothing = {
      columns: [],
      primaryKey: null,
      uniques: [],
      indexes: [],
      foreignKeys: [],
      checks: [],
      comment: null,
    };
    return {
      source,
      ...(table.query === undefined ? {} : { query: table.query }),
      target: { name: target, ...nothing },
      filter,
      lanes: columns.map(({ lane }) => lane),
      besides,
      rules: [],
      key: [],
      match: [],
      limits: limitsOf(own),
      shaping: shapingOf(own, lookups),
      quarantine: { source: sourceCan(own), target: targetCan(own) },
      staging: null,
    };
  };
}

interface Sampled {
  readonly first: FirstRows;
  readonly lanes: PreviewLanes;
}

/** Where columns do not bind their values, the first rows may show that the plan will read a column otherwise. */
async function readSample(given: PreviewInput): Promise<Sampled> {
  const input = await withDerivedTable(given);
  const { table, source, limit, recall, signal } = input;
  const known = recall.get(source.opened.url, source.catalog.fingerprint).profile;
  const lanes = lanesOf(input, known);
  signal.throwIfAborted();
  const opened = await source.opened.dialect.openReader(source.opened.access, null, 'source');
  const reader = readingWhile(opened, signal);
  try {
    const scan = scanOf(lanes);
    const first = await readFirstRows(reader, scan, limit);
    const shown = storageShown(scan.columns, first);
    const open = Object.entries(shown).filter(([column]) => known[table.source]?.[column]?.storageText === undefined);
    if (open.length === 0) return { first, lanes };
    const seen = { ...known, [table.source]: { ...known[table.source], ...Object.fromEntries(open) } };
    const again = lanesOf(input, seen);
    return { first: await readFirstRows(reader, scanOf(again), limit), lanes: again };
  } finally {
    await reader.close();
  }
}

/** Throws what the source says of the SQL that this table is read by. */
async function withDerivedTable(input: PreviewInput): Promise<PreviewInput> {
  const { project, table, source } = input;
  const { dialect, access } = source.opened;
  const own = project.tables.filter((each) => each.source === table.source && each.target === table.target);
  const tables = own.map((each) => ({ ...each, skip: false }));
  if (!needsDeriving(tables, source.catalog)) return input;
  const { catalog, findings } = await withSession(dialect, access, 'source', (session) =>
    withDerived(tables, { catalog: source.catalog, dialect, session }),
  );
  const [fault] = findings;
  if (!fault) return { ...input, source: { ...source, catalog } };
  throw new DroverError('map.bad-expression', fault.message, {
    hint: fault.remedies[0]?.text ?? null,
    where: { side: 'project', table: table.source, ...(fault.place.column ? { column: fault.place.column } : {}) },
  });
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

function scanOf({ table, filter, columns, besides }: PreviewLanes): Scan {
  return {
    table,
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
