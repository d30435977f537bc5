// A report in parts: an overview that says of all tables what the whole would, and pages in any order.

import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openParts, writeParts } from '../../src/engine/run/reported/files.ts';
import { changesIn, findingsIn, tablesIn } from '../../src/engine/run/reported/pages.ts';
import { partsOf } from '../../src/engine/run/reported/parts.ts';
import { reportedInMemory, tablesOf } from '../../src/engine/run/reported/reported.ts';
import { createReportShelf } from '../../src/engine/run/reported/shelf.ts';
import type { Finding, Severity } from '../../src/shared/model/finding.ts';
import { type Report, report as schema, type TableReport } from '../../src/shared/model/report.ts';
import type { TablesQuery } from '../../src/shared/model/report-page.ts';

function table(name: string, more: Partial<TableReport> = {}): TableReport {
  return {
    source: name,
    target: name,
    feeds: [],
    sourceRows: 10,
    targetRows: 10,
    sourceDigest: 'a',
    targetDigest: 'a',
    equal: true,
    quarantined: 0,
    rules: [],
    witnesses: [{ column: 'id', question: 'sum', source: '1', target: '1', equal: true }],
    structure: [],
    differences: [],
    differencesCut: false,
    changes: [],
    bytes: 100,
    seconds: { load: 1, index: 0, verify: 0 },
    ...more,
  };
}

const finding = (severity: Severity, message: string): Finding => ({
  code: 'x',
  severity,
  place: { side: 'source' },
  message,
  remedies: [],
});

const changed = (column: string) => ({
  table: 't10',
  kind: 'changed' as const,
  key: { id: '1' },
  column,
  source: 'ü',
  target: 'u',
});

const told: Report = schema.parse({
  run: 'r1',
  project: 'shop',
  kind: 'run',
  verdict: 'different',
  summary: '1 row differs in t10',
  source: { url: 'sqlite:a', server: { family: 'sqlite', variant: 'SQLite', version: '3', versionNumber: 3 } },
  target: { url: 'sqlite:b', server: { family: 'sqlite', variant: 'SQLite', version: '3', versionNumber: 3 } },
  startedAt: '2026-01-01T00:00:00Z',
  finishedAt: '2026-01-01T00:00:09Z',
  tables: [
    table('t2', { source: 'Old', quarantined: 3, seconds: { load: 2, index: 2, verify: 2 } }),
    table('t10', {
      equal: false,
      targetDigest: 'b',
      differences: [changed('a'), changed('b')],
      witnesses: [{ column: 'id', question: 'sum', source: '1', target: '2', equal: false }],
    }),
    table('t1', { changes: [{ what: 'zero dates', rows: 4, changed: true }] }),
  ],
  rules: [],
  findings: [finding('note', 'n'), finding('blocker', 'b'), finding('warning', 'w')],
  backups: [{ table: 't1', keptAs: 'old_t1' }],
  steps: [],
  error: null,
  droverVersion: '0',
});

const ask = (more: Partial<TablesQuery> = {}): string[] => {
  const query: TablesQuery = { name: '', only: 'all', sort: [], offset: 0, limit: 100, ...more };
  return tablesIn(partsOf(told).lines, query).rows.map(({ target }) => target);
};

describe('the overview of a report', () => {
  test('counts and sums up what it leaves out', () => {
    const { overview } = partsOf(told);
    expect(overview.tables).toEqual({
      count: 3,
      unequal: 1,
      withDifferences: 1,
      differing: 1,
      rows: 30,
      bytes: 300,
      quarantined: 3,
      witnesses: { equal: 2, total: 3 },
    });
    expect(overview.slowest.map(({ target }) => target)).toEqual(['t2', 't10', 't1']);
    expect(overview).toMatchObject({
      summary: told.summary,
      findings: 3,
      changes: { count: 1, values: 4 },
      backups: { count: 1, first: { keptAs: 'old_t1' } },
    });
    expect(overview).not.toHaveProperty('tables.0');
  });
});

describe('its tables', () => {
  test('come as they were written, or by any column, numbers in names by size', () => {
    expect(ask()).toEqual(['t2', 't10', 't1']);
    expect(ask({ sort: [{ by: 'target', descending: false }] })).toEqual(['t1', 't2', 't10']);
    expect(ask({ sort: [{ by: 'seconds', descending: true }] })).toEqual(['t2', 't10', 't1']);
    const byRows = [
      { by: 'targetRows', descending: true },
      { by: 'target', descending: true },
    ] as const;
    expect(ask({ sort: [...byRows] })).toEqual(['t10', 't2', 't1']);
    expect(ask({ sort: [{ by: 'keptAs', descending: true }] })[0]).toBe('t1');
  });

  test('are filtered by a part of either name, and by what they are', () => {
    expect(ask({ name: ' OLD' })).toEqual(['t2']);
    expect(ask({ name: 't1' })).toEqual(['t10', 't1']);
    expect(ask({ only: 'unequal' })).toEqual(['t10']);
    expect(ask({ only: 'with differences' })).toEqual(['t10']);
  });

  test('come in pages that know how many there are', () => {
    const query = { name: '', only: 'all', sort: [], offset: 1, limit: 1 } as const;
    const { total, rows } = tablesIn(partsOf(told).lines, { ...query, sort: [] });
    expect([total, rows.map(({ target }) => target)]).toEqual([3, ['t10']]);
    expect(ask({ offset: 3 })).toEqual([]);
  });
});

test('findings come the gravest first, changes with their table', () => {
  const { findings, changes } = partsOf(told);
  const all = { sort: [], offset: 0, limit: 10 };
  expect(findingsIn(findings, all).rows.map(({ message }) => message)).toEqual(['b', 'w', 'n']);
  expect(changesIn(changes, all).rows).toEqual([{ table: 't1', what: 'zero dates', rows: 4, changed: true }]);
});

describe('on disk', () => {
  let folder: string;
  const whole = () => join(folder, 'verification_report.json');
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'drover-parts-'));
    await writeFile(whole(), JSON.stringify(told));
  });
  afterEach(() => rm(folder, { recursive: true }));

  test('the parts say what the whole says', async () => {
    await writeParts(folder, told);
    const read = await openParts(folder, 'r1');
    const known = reportedInMemory(told);
    expect(read.overview).toEqual(known.overview);
    const { places: _, ...lists } = (await read.lists()) as Awaited<ReturnType<typeof read.lists>> & {
      places: unknown;
    };
    expect(lists).toEqual(await known.lists());
    for (const { target } of told.tables) expect(await read.table(target)).toEqual(await known.table(target));
    expect(await read.whole()).toEqual(told);
    for (const each of [read, known]) {
      await expect(each.table('nowhere')).rejects.toMatchObject({ code: 'inspect.no-such-table' });
    }
  });

  test('the first tables come before the lists are read, all others out of them', async () => {
    await writeParts(folder, { ...told, tables: Array.from({ length: 250 }, (_, i) => table(`t${i}`)) });
    const { first, ...read } = await openParts(folder, 'r1');
    let asked = 0;
    const lists = () => {
      asked++;
      return read.lists();
    };
    const reported = { ...read, first, lists };
    const ask = async (change: Partial<TablesQuery>) => {
      const query = { name: '', only: 'all', sort: [], offset: 0, limit: 100, ...change } as const;
      const { total, rows } = await tablesOf(reported, { ...query, sort: [...query.sort] });
      return [asked, total, rows.length, rows[0]?.target];
    };
    expect(await ask({})).toEqual([0, 250, 100, 't0']);
    expect(await ask({ offset: 98, limit: 2 })).toEqual([0, 250, 2, 't98']);
    expect(await ask({ offset: 99 })).toEqual([1, 250, 100, 't99']);
    expect(await ask({ sort: [{ by: 'table', descending: true }] })).toEqual([2, 250, 100, 't249']);
    expect(await ask({ name: 't24' })).toEqual([3, 11, 11, 't24']);
  });

  test('are made where they are missing or of an older report, and read anew once that was restated', async () => {
    const open = createReportShelf(() => Promise.resolve({ run: 'r1', folder }));
    const before = await open('r1');
    expect(before.overview.summary).toBe(told.summary);
    expect(await open('r1')).toBe(before);
    await writeFile(whole(), JSON.stringify({ ...told, summary: 'Rolled back.' }));
    const later = new Date(Date.now() + 5000);
    await utimes(whole(), later, later);
    expect((await open('r1')).overview.summary).toBe('Rolled back.');
  });

  test('a run without a report has no parts either', async () => {
    await rm(whole());
    await expect(openParts(folder, 'r1')).rejects.toMatchObject({ code: 'run.no-such-run' });
  });
});
