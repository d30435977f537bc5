// Previewing: one table's first rows through the lanes that its mapping gives, as it stands at this moment.

import type { Catalog } from '../shared/model/catalog.ts';
import type { Project } from '../shared/model/mapping.ts';
import type { Preview } from '../shared/model/preview.ts';
import type { Profile } from '../shared/model/profile.ts';
import type { Opened } from './connect/endpoint.ts';
import type { Reader, Scan } from './dialects/dialect.ts';
import type { Recall } from './inspect/recall.ts';
import { readFirstRows, storageShown } from './pipeline/first-rows.ts';
import { previewOf } from './pipeline/preview.ts';
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
}

export async function previewTable(input: PreviewInput): Promise<Preview> {
  const { table, source, target, limit, recall } = input;
  const known = recall.get(source.opened.url, source.catalog.fingerprint);
  const lanes = lanesOf(input, known);
  const reader = await source.opened.dialect.openReader(source.opened.access, null, 'source');
  try {
    const { first, columns } = await read(reader, input, lanes, known);
    const sourceCan = source.opened.dialect.capabilities(source.catalog.server);
    const targetCan = target.opened.dialect.capabilities(target.catalog.server);
    return previewOf(first, {
      table: table.source,
      columns,
      limits: { source: sourceCan.values, target: targetCan.values },
      target: targetCan,
    });
  } finally {
    await reader.close();
  }

  /** Where columns do not bind their values, these may show that the plan will read a column otherwise. */
  async function read(from: Reader, request: PreviewInput, planned: PreviewLanes, profile: Profile) {
    const scan = scanOf(request, planned);
    const first = await readFirstRows(from, scan, limit);
    const shown = storageShown(scan.columns, first);
    const open = Object.entries(shown).filter(([column]) => profile[table.source]?.[column]?.storageText === undefined);
    if (open.length === 0) return { first, columns: planned.columns };
    const seen = { ...profile, [table.source]: { ...profile[table.source], ...Object.fromEntries(open) } };
    const again = lanesOf(request, seen);
    return { first: await readFirstRows(from, scanOf(request, again), limit), columns: again.columns };
  }
}

function lanesOf({ project, table, source, target }: PreviewInput, known: Profile): PreviewLanes {
  const sides = {
    project,
    source: source.catalog,
    target: target.catalog,
    sourceDialect: source.opened.dialect,
    targetDialect: target.opened.dialect,
  };
  return previewLanes(sides, table, known);
}

function scanOf({ table }: PreviewInput, { filter, columns }: PreviewLanes): Scan {
  return {
    table: { name: table.source, staging: null },
    columns: columns.map(({ lane }) => ({
      name: lane.source,
      native: lane.sourceNative,
      logical: lane.sourceLogical,
    })),
    filter,
    range: { kind: 'all' },
  };
}
