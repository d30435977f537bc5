// What was written after the run: each new table is read again and its digest compared with that of the report.

import { count } from '../../../shared/format.ts';
import type { Catalog } from '../../../shared/model/catalog.ts';
import type { RunIdentity } from '../../dialects/session.ts';
import { createExecutor } from '../../pipeline/executor.ts';
import type { TableWork } from '../../pipeline/order.ts';
import { parallel } from '../../support/parallel.ts';
import type { Published } from './published.ts';

const WORKERS = 2;

export interface Change {
  readonly table: string;
  /** "3 rows then, 4 now" */
  readonly words: string;
}

type PublishedTable = Published['tables'][number];

/** With the catalog, columns that were added are changes too; `staging` tells where the tables stand. */
export async function changesSince(
  published: Published,
  catalog: Catalog | null,
  staging: RunIdentity | null,
): Promise<Change[]> {
  const { tables, report, target, workerUrl } = published;
  if (tables.length === 0) return [];
  const executor = createExecutor(workerUrl, Math.min(WORKERS, tables.length));
  try {
    await executor.open({ source: target.access, target: target.access, run: staging, token: null });
    const compared = await parallel(tables, WORKERS, async (table): Promise<Change[]> => {
      const { name } = table.target;
      const before = report.tables.find((each) => each.target === name);
      const now = await executor.run({ kind: 'digest', work: workOf(published, table, staging), side: 'target' });
      if (!before || before.targetRows !== now.rows) {
        return [{ table: name, words: `${count(before?.targetRows ?? 0)} rows then, ${count(now.rows)} now` }];
      }
      if (before.targetDigest !== now.sum) {
        return [{ table: name, words: `${count(now.rows)} rows as before, with other values` }];
      }
      const added = catalog ? addedColumns(catalog, table) : [];
      return added.length > 0 ? [{ table: name, words: `new columns: ${added.join(', ')}` }] : [];
    });
    return compared.flat();
  } finally {
    // An open reader would hold the exchange up.
    await executor.close();
  }
}

/** Tables that are no longer there with the columns that the run made. */
export function gone({ tables }: Published, catalog: Catalog): string[] {
  return tables
    .filter(({ target }) => {
      const columns = columnsOf(catalog, target.name);
      return !target.columns.every(({ name }) => columns.includes(name));
    })
    .map(({ target }) => target.name);
}

function addedColumns(catalog: Catalog, { target }: PublishedTable): string[] {
  const made = new Set(target.columns.map(({ name }) => name));
  return columnsOf(catalog, target.name).filter((name) => !made.has(name));
}

function columnsOf(catalog: Catalog, table: string): string[] {
  return catalog.tables.find(({ name }) => name === table)?.columns.map(({ name }) => name) ?? [];
}

function workOf({ target }: Published, table: PublishedTable, staging: RunIdentity | null): TableWork {
  const { values } = target.capabilities;
  return {
    source: table.source,
    target: table.target,
    filter: null,
    lanes: table.lanes,
    besides: [],
    key: [],
    match: [],
    limits: { source: values, target: values },
    // Only the target is read, whose rows went through all steps.
    shaping: { secrets: {}, now: '', lookups: '' },
    rules: [],
    quarantine: null,
    staging,
  };
}
