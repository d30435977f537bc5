// What the steps of a previewed table look into: read from the target where it stands there, else made of the source.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Catalog } from '../shared/model/catalog.ts';
import type { TableMapping } from '../shared/model/mapping.ts';
import type { Reader } from './dialects/reading.ts';
import { fieldLength, NULL_LENGTH } from './pipeline/batch.ts';
import { fieldText } from './pipeline/field-text.ts';
import { closeLookups, LookupWriter, lookupFile } from './pipeline/lookup-file.ts';
import { buildLookup } from './pipeline/lookups.ts';
import type { TableWork } from './pipeline/order.ts';
import { batchesOf, planPass } from './pipeline/scan.ts';
import { type LookupOf, lookupsOf } from './pipeline/transforms/chain.ts';
import type { PreviewInput } from './preview-input.ts';

/** Rows of a source table that a look at a mapping reads, at most, to know what its steps will find. */
const ROWS_LOOKED_AT = 100_000;
const SECONDS_LOOKED_AT = 5;

/** The work that the mapping of a table comes to, for reading its source. */
export type WorkFor = (mapping: TableMapping, lookups: string) => Promise<TableWork>;

/** Calls `use` with the folder of the lookups that the table needs; it is gone afterwards. */
export async function withLookups<T>(
  input: PreviewInput,
  workFor: WorkFor,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const mapping = input.project.tables.find(
    ({ source, target }) => source === input.table.source && target === input.table.target,
  );
  if (!mapping || lookupsIn(mapping).length === 0) return use('');
  const folder = await mkdtemp(join(tmpdir(), 'drover-'));
  try {
    await makeFor(mapping, input, workFor, folder, []);
    return await use(folder);
  } finally {
    closeLookups(folder);
    await rm(folder, { recursive: true, force: true });
  }
}

function lookupsIn({ columns, rules = [] }: TableMapping): LookupOf[] {
  const bySteps = columns.flatMap(({ skip, steps }) => (skip ? [] : lookupsOf(steps ?? [])));
  const byRules = rules.flatMap((rule) =>
    rule.rule === 'exists' ? [{ in: rule.in, match: rule.match, take: rule.match }] : [],
  );
  return [...bySteps, ...byRules];
}

/** `way` holds the tables that wait for this one: who looks into itself finds nothing, and the plan says so. */
async function makeFor(
  mapping: TableMapping,
  input: PreviewInput,
  workFor: WorkFor,
  folder: string,
  way: readonly string[],
): Promise<void> {
  for (const lookup of lookupsIn(mapping)) {
    const file = lookupFile(folder, lookup);
    const others = input.project.tables.filter(({ target, skip }) => target === lookup.in && !skip);
    if (others.length > 0 && !way.includes(lookup.in)) {
      for (const other of others) await makeFor(other, input, workFor, folder, [...way, mapping.target]);
      const works: TableWork[] = [];
      for (const other of others) works.push(await workFor(other, folder));
      await fromSources(lookup, file, works, input);
    } else if (others.length > 0 || !(await fromTarget(lookup, file, input))) {
      (await LookupWriter.create(file, lookup.match)).end();
    }
  }
}

async function fromTarget(lookup: LookupOf, file: string, { target }: PreviewInput): Promise<boolean> {
  const columns = columnsOf(target.catalog, lookup);
  if (!columns) return false;
  const reader = await target.opened.dialect.openReader(target.opened.access, null);
  try {
    const order = { file, tables: [{ name: lookup.in, staging: null }], filter: null, ...columns };
    await buildLookup(order, reader, AbortSignal.timeout(SECONDS_LOOKED_AT * 1000));
    return true;
  } finally {
    await reader.close();
  }
}

function columnsOf({ tables }: Catalog, lookup: LookupOf) {
  const columns = tables.find(({ name }) => name === lookup.in)?.columns ?? [];
  const [match, take] = [lookup.match, lookup.take].map((name) => columns.find((column) => column.name === name));
  return match && take ? { match, take } : null;
}

/** The first rows of whatever feeds the table, as they will stand in the target. */
async function fromSources(
  lookup: LookupOf,
  file: string,
  works: readonly TableWork[],
  { source }: PreviewInput,
): Promise<void> {
  const found = await LookupWriter.create(file, `${lookup.in}.${lookup.match}`);
  const reader = await source.opened.dialect.openReader(source.opened.access, null, 'source');
  try {
    for (const work of works) {
      for await (const [match, take] of pairsOf(reader, work, lookup)) found.add(match, take);
    }
    found.end();
  } catch (error) {
    found.abandon();
    throw error;
  } finally {
    await reader.close();
  }
}

type Pair = readonly [match: string | null, take: string | null];

async function* pairsOf(reader: Reader, work: TableWork, { match, take }: LookupOf): AsyncIterable<Pair> {
  const [matched, taken] = [match, take].map((name) => work.lanes.findIndex(({ target }) => target === name));
  if (matched === undefined || taken === undefined || matched < 0 || taken < 0) return;
  const texts = work.lanes.map(({ targetLogical }) => fieldText(targetLogical));
  const patience = new AbortController();
  const until = performance.now() + SECONDS_LOOKED_AT * 1000;
  let rows = 0;
  for await (const { bytes, rows: inBatch } of batchesOf(reader, planPass(work, 'source'), patience.signal)) {
    let at = 0;
    for (let row = 0; row < inBatch; row++) {
      const pair: [string | null, string | null] = [null, null];
      for (const [i, text] of texts.entries()) {
        const length = fieldLength(bytes, at);
        const start = at + 4;
        at = length === NULL_LENGTH ? start : start + length;
        const value = length === NULL_LENGTH ? null : text(bytes, start, at);
        if (i === matched) pair[0] = value;
        if (i === taken) pair[1] = value;
      }
      yield pair;
    }
    rows += inBatch;
    if (rows >= ROWS_LOOKED_AT || performance.now() > until) return;
  }
}
