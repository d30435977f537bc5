// Retrying: rows in quarantine become a run of their own, through the mapping as it is now, into the published tables.

import { DroverError } from '../shared/errors.ts';
import { feedsOf } from '../shared/feeds.ts';
import { list } from '../shared/format.ts';
import type { ColumnMapping, Project, TableMapping } from '../shared/model/mapping.ts';
import type { Feed, TablePlan } from '../shared/model/plan.ts';
import type { RunSummary } from '../shared/model/run.ts';
import { columnsOf } from './pipeline/transforms/chain.ts';
import { type KeptRow, keptRows } from './run/quarantine/rows.ts';
import { readLeftOut, readPublishedTables } from './run/records.ts';
import { resolvedRows, writeRetry } from './run/retries.ts';
import type { KeptOf } from './run/retry-file.ts';

export interface Retry {
  /** Reads the rows from a file beside the run, and appends them. */
  readonly project: Project;
  readonly rows: number;
  /** Tables of the target that the run left out: nothing of it stands there to which rows could be added. */
  readonly left: string[];
}

/** `table` is a target table; null retries all. Throws `run.nothing-to-retry`, `run.not-published`, `project.invalid`. */
export async function prepareRetry(
  found: RunSummary,
  runs: readonly RunSummary[],
  project: Project,
  table: string | null,
): Promise<Retry> {
  if (found.state !== 'published') {
    throw new DroverError('run.not-published', `Run ${found.run} is not published; there is nothing to add rows to.`, {
      hint: 'Run the project again: all of its rows are read anew.',
    });
  }
  const left = new Set([...(await readLeftOut(found.folder, found.run)), ...found.takenBack]);
  if (table !== null && left.has(table)) throw leftOut(found.run, [table]);
  const rows = (await openRows(found, runs, table)).filter(({ row }) => !left.has(row.table));
  if (rows.length === 0 && left.size > 0 && table === null) throw leftOut(found.run, [...left]);
  if (rows.length === 0) {
    throw new DroverError('run.nothing-to-retry', `Run ${found.run} has no rows in quarantine that are not resolved.`, {
      hint: 'See them with: drover quarantine',
    });
  }
  const planned = await readPublishedTables(found.folder, found.run);
  const kept = planned.flatMap((each) => keptOf(each, rows));
  const mappings = kept.map((each) => retried(mappingOf(project, each), each));
  const file = await writeRetry(found.folder, kept);
  return { project: retryProject(project, file, feedingTogether(mappings)), rows: rows.length, left: [...left] };
}

function leftOut(run: string, tables: readonly string[]): DroverError {
  const [are, them] = tables.length === 1 ? ['was', 'it'] : ['were', 'them'];
  return new DroverError(
    'run.nothing-to-retry',
    `Of run ${run}, ${list(tables)} ${are} left out as a whole or rolled back.`,
    {
      cause: `A retry adds rows to what stands there of the run, and nothing of ${them} does.`,
      hint: `Mend the mapping or the rows, leave out the other tables, and run the project for ${them}.`,
      where: { side: 'target', ...(tables.length === 1 ? { table: tables[0] } : {}) },
    },
  );
}

interface KeptOfTable extends KeptOf {
  readonly table: TablePlan;
}

/** By source. What names none is of a run whose tables had only one. */
function keptOf(table: TablePlan, all: readonly KeptRow[]): KeptOfTable[] {
  const rows = all.filter(({ row }) => row.table === table.target.name);
  return feedsOf(table).flatMap((feed) => {
    const own = rows.filter(({ row }) => (row.source ?? table.source) === feed.source);
    return own.length > 0 ? [{ table, feed, rows: own }] : [];
  });
}

/** The first of a table leads, whichever it was in the run. */
function feedingTogether(mappings: readonly TableMapping[]): TableMapping[] {
  return mappings.map((each, i) =>
    mappings.findIndex(({ target }) => target === each.target) < i ? { ...each, joins: true } : each,
  );
}

async function openRows(found: RunSummary, runs: readonly RunSummary[], table: string | null): Promise<KeptRow[]> {
  const resolved = await resolvedRows(found.folder, runs);
  const rows: KeptRow[] = [];
  for await (const kept of keptRows(found.folder)) {
    const wanted = table === null || kept.row.table === table;
    if (wanted && !resolved.get(kept.row.table)?.has(kept.line)) rows.push(kept);
  }
  return rows;
}

function mappingOf({ tables }: Project, { table: { target }, feed: { source } }: KeptOfTable): TableMapping {
  const mapping = tables.find((each) => each.source === source && !each.skip);
  if (mapping && mapping.target === target.name) return mapping;
  throw new DroverError('project.invalid', `The project does not map ${source} to ${target.name} any more.`, {
    hint: 'Retry with the project that the run was of, its steps and rules mended.',
    where: { side: 'project', table: source },
  });
}

/** What the source computed was read with the rows, numbers of a sequence too: those were kept for them. */
function retried(mapping: TableMapping, { table, feed, rows }: KeptOfTable): TableMapping {
  const read = new Set(Object.keys(rows[0]!.row.values));
  const columns = mapping.columns.filter(({ skip }) => !skip);
  for (const column of columns) {
    for (const name of [column.source, ...columnsOf(column.steps ?? [])]) {
      if (!read.has(name)) throw notRead(mapping.source, column, name);
    }
  }
  const { source, target, rules } = mapping;
  return {
    source,
    target,
    mode: 'append',
    // Nobody is surprised by rows that are refused again: they stay where they are.
    errors: { onError: 'quarantine', percent: 100 },
    ...(rules ? { rules } : {}),
    columns: [...columns.map(({ from: _, ...column }) => column), ...gapsOf(table, feed, columns)],
  };
}

/** Columns that only the other sources of the table have are NULL in its rows, now as then. */
function gapsOf({ target }: TablePlan, { lanes }: Feed, mapped: readonly ColumnMapping[]): ColumnMapping[] {
  const gaps = lanes.filter((lane) => !mapped.some((column) => column.target === lane.target));
  return gaps.map((lane) => ({
    source: lane.source,
    target: lane.target,
    type: target.columns.find(({ name }) => name === lane.target)!.native,
  }));
}

function notRead(table: string, { target }: ColumnMapping, name: string): DroverError {
  const message = `The column ${target} is made of ${table}.${name} now, which that run did not read.`;
  return new DroverError('project.invalid', message, {
    hint: 'Run the project again in place of a retry: all of its rows are read anew.',
    where: { side: 'project', table, column: name },
  });
}

function retryProject(project: Project, file: string, tables: TableMapping[]): Project {
  const { drover, name, target, naming, rules } = project;
  const onTarget = rules?.filter(({ on }) => on === 'target');
  return {
    drover,
    name,
    source: { url: `sqlite:${file}`, fingerprint: '' },
    target: { ...target, fingerprint: '' },
    naming,
    mode: 'append',
    ...(onTarget ? { rules: onTarget } : {}),
    tables,
  };
}
