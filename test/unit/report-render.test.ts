// Reports: the verdict in words, and every format safe against what names and values may hold.

import { describe, expect, test } from 'vitest';
import { text } from '../../src/engine/report/markdown.ts';
import { render } from '../../src/engine/report/render.ts';
import { cell } from '../../src/shared/csv.ts';
import { type Report, report as schema, type TableReport } from '../../src/shared/model/report.ts';
import { summarize } from '../../src/shared/summary.ts';

const nasty = '<img src=x onerror=alert(1)>|"\'`*_[x](javascript:1)';

function tableReport(more: Partial<TableReport> = {}): TableReport {
  return {
    source: 'orders',
    target: 'orders',
    feeds: [],
    sourceRows: 123_456,
    targetRows: 123_456,
    sourceDigest: 'a'.repeat(32),
    targetDigest: 'a'.repeat(32),
    equal: true,
    quarantined: 0,
    rules: [],
    witnesses: [{ column: 'id', question: 'sum', source: '10', target: '10', equal: true }],
    structure: [{ what: 'primary key', expected: 'id', actual: 'id', equal: true }],
    differences: [],
    differencesCut: false,
    changes: [],
    bytes: 1000,
    seconds: { load: 1, index: 0.5, verify: 0.5 },
    ...more,
  };
}

function report(more: Partial<Report> = {}): Report {
  const server = { family: 'sqlite', variant: 'SQLite', version: '3.50', versionNumber: 35_000 } as const;
  return {
    run: '7k2m9q4x1abc',
    project: 'shop',
    kind: 'run',
    verdict: 'verified',
    summary: 'All 123,456 rows arrived; every checksum matches',
    source: { url: 'sqlite:a.db', server },
    target: { url: 'sqlite:b.db', server },
    startedAt: '2026-01-01T00:00:00.000Z',
    finishedAt: '2026-01-01T00:00:09.500Z',
    tables: [tableReport()],
    left: [],
    rules: [],
    findings: [],
    backups: [],
    steps: [{ step: 'load', seconds: 1.5 }],
    error: null,
    rolledBackAt: null,
    takenBack: [],
    signatures: [],
    droverVersion: '0.1.0',
    ...more,
  };
}

const different = (n: number, columnsEach = 1): TableReport['differences'] =>
  Array.from({ length: n }, (_, i) =>
    Array.from({ length: columnsEach }, (_, c) => ({
      table: 'orders',
      kind: 'changed' as const,
      key: { id: String(i) },
      column: `c${c}`,
      source: 'secret-a',
      target: 'secret-b',
    })),
  ).flat();

describe('the verdict in one sentence', () => {
  const say = (more: Partial<Report>) => summarize(report(more));

  test('all rows arrived', () => {
    const tables = [tableReport({ targetRows: 45_231 }), tableReport({ targetRows: 580_245 })];
    expect(say({ tables })).toBe('All 625,476 rows arrived; every checksum matches');
    expect(say({ tables, kind: 'verification' })).toBe(
      'All 625,476 rows are the same on both sides; every checksum matches',
    );
  });

  test('rows differ', () => {
    const table = tableReport({ equal: false, differences: different(3, 2) });
    expect(say({ verdict: 'different', tables: [tableReport(), table] })).toBe('3 rows differ in orders');
    expect(say({ verdict: 'different', tables: [{ ...table, differencesCut: true }] })).toBe(
      'At least 3 rows differ in orders',
    );
  });

  test('structure differs', () => {
    const structure = [{ what: 'index by_date', expected: 'there', actual: 'missing', equal: false }];
    expect(say({ verdict: 'different', tables: [tableReport({ equal: false, structure })] })).toBe(
      'the rows of orders match, but its structure differs: index by_date',
    );
  });

  test('failed', () => {
    const error = { code: 'load.failed', message: 'The target was lost.', cause: null, hint: null, where: {} } as const;
    expect(say({ verdict: 'failed', error })).toBe('The target was lost.');
  });
});

describe('tables left out', () => {
  const because = {
    code: 'rule.broken',
    message: 'A row of people breaks it.',
    cause: null,
    hint: 'Mend it.',
    where: {},
  };
  const left = schema.shape.left.parse([
    { source: 'people', target: 'persons', reason: because, because: null, differences: [], differencesCut: false },
    { source: 'visits', target: 'visits', reason: because, because: 'persons', differences: [], differencesCut: false },
  ]);
  const partial = report({ verdict: 'partial', left });

  test('stand in the sentence, before what arrived', () => {
    expect(summarize(partial)).toBe(
      'Published, 2 tables left out (persons and visits); of the others all 123,456 rows arrived; every checksum matches',
    );
    expect(summarize({ ...partial, tables: [tableReport({ targetRows: 0 })] })).toBe(
      'Published, 2 tables left out (persons and visits); the others are empty on both sides',
    );
  });

  test('stand in every format, each with its reason', () => {
    const { text: markdown } = render(partial, 'md');
    expect(markdown).toContain('**Published in part.**');
    expect(markdown).toContain('| people → persons | A row of people breaks it. | Mend it. |');
    expect(markdown).toContain('| visits | left out with persons |  |');
    expect(render(partial, 'html').text).toContain('<td>left out with persons</td>');
    const [head, ...lines] = render(partial, 'csv').text.split('\r\n');
    expect(head?.split(',').at(-1)).toBe('left_out');
    expect(lines[2]).toMatch(/^,7k2m9q4x1abc,partial,visits,visits,.*,left out with persons$/);
    expect(schema.parse(JSON.parse(render(partial, 'json').text)).left).toEqual(left);
  });
});

describe('escaping', () => {
  const hostile = report({
    project: nasty,
    summary: nasty,
    tables: [
      tableReport({
        source: nasty,
        target: nasty,
        equal: false,
        differences: [
          { table: nasty, kind: 'changed', key: { [nasty]: nasty }, column: nasty, source: nasty, target: nasty },
        ],
        witnesses: [{ column: nasty, question: 'min', source: nasty, target: nasty, equal: false }],
        structure: [{ what: nasty, expected: nasty, actual: nasty, equal: false }],
        changes: [{ what: nasty, rows: 1, changed: true }],
      }),
    ],
    findings: [
      {
        code: 'x',
        severity: 'note',
        place: { side: 'source', table: nasty },
        message: nasty,
        remedies: [{ text: nasty }],
      },
    ],
    backups: [{ table: nasty, keptAs: nasty }],
    signatures: [{ name: nasty, role: nasty, note: nasty, at: '2026-01-02T00:00:00.000Z' }],
    error: { code: 'load.failed', message: nasty, cause: nasty, hint: nasty, where: {} },
  });

  test('HTML holds no markup from outside', () => {
    const { text: html } = render(hostile, 'html');
    expect(html).not.toContain('<img');
    expect(html).not.toMatch(/<script/i);
    expect(html).not.toMatch(/(?:src|href)=/i.exec(html.replaceAll('src=x', ''))?.[0] ?? '\u0000');
  });

  test('Markdown rows keep their number of cells', () => {
    const { text: markdown } = render(hostile, 'md');
    expect(markdown).not.toContain('<img');
    for (const block of markdown.split('\n\n').filter((part) => part.startsWith('| '))) {
      const cells = block
        .trimEnd()
        .split('\n')
        .map((line) => line.split(/(?<!\\)\|/).length);
      expect(new Set(cells).size).toBe(1);
    }
  });

  test('Markdown text', () => {
    expect(text('a|b\nc')).toBe('a\\|b c');
    expect(text('back\\|slash')).toBe('back\\\\\\|slash');
  });

  test.each([
    ['=1+1', "'=1+1"],
    ['+x', "'+x"],
    ['-x', "'-x"],
    ['@x', "'@x"],
    [' =x', "' =x"],
    ['a,b', '"a,b"'],
    ['a"b', '"a""b"'],
    ['plain', 'plain'],
  ])('CSV %s', (value, expected) => {
    expect(cell(value)).toBe(expected);
  });
});

test('Markdown masks values', () => {
  const { text: markdown } = render(
    report({ tables: [tableReport({ equal: false, differences: different(1) })] }),
    'md',
  );
  expect(markdown).not.toContain('secret');
  expect(markdown).toContain('id = 0');
});

test('HTML keeps values behind a fold', () => {
  const { text: html } = render(report({ tables: [tableReport({ equal: false, differences: different(1) })] }), 'html');
  expect(html).toMatch(/<details><summary>show<\/summary>.*secret-a/s);
});

test('JSON reads back as the same report', () => {
  expect(schema.parse(JSON.parse(render(report(), 'json').text))).toEqual(report());
});

test('CSV has one line per table', () => {
  const lines = render(report({ tables: [tableReport(), tableReport()] }), 'csv').text.split('\r\n');
  expect(lines).toHaveLength(4);
  expect(lines[0]).toMatch(/^rolled_back_at,run,verdict,source_table/);
});

describe('after a rollback', () => {
  const rolledBack = report({
    rolledBackAt: '2026-01-03T11:00:00.000Z',
    summary: 'Rolled back on 2026-01-03 11:00:00 UTC; the target is as it was before.',
    backups: [{ table: 'orders', keptAs: 'drover_x_backup.orders' }],
  });

  test('every format says so first', () => {
    expect(render(rolledBack, 'md').text.split('\n')[2]).toMatch(/^\*\*Rolled back\.\*\* Rolled back on 2026-01-03/);
    const { text: html } = render(rolledBack, 'html');
    expect(html).toContain('<h1 class="undone"><span class="mark">↶</span> Rolled back on 2026-01-03');
    expect(html).toContain('Rolled back on 2026-01-03 11:00:00 UTC. Verified on 2026-01-01 00:00:09 UTC');
    expect(render(rolledBack, 'csv').text.split('\r\n')[1]).toMatch(/^2026-01-03T11:00:00.000Z,7k2m9q4x1abc,verified/);
    expect(Object.keys(schema.parse(JSON.parse(render(rolledBack, 'json').text)))[0]).toBe('rolledBackAt');
  });

  test('the earlier tables are no longer kept', () => {
    expect(render(rolledBack, 'md').text).toContain('## Earlier tables, put back');
    expect(render(rolledBack, 'html').text).toContain('<th>Was kept as</th>');
  });

  test('older reports know of none', () => {
    const { rolledBackAt: _none, ...older } = report();
    expect(schema.parse(older).rolledBackAt).toBeNull();
  });
});

describe('signatures', () => {
  const at = '2026-01-02T10:00:00.000Z';
  const signed = report({ signatures: [{ name: 'Ada', role: 'DBA', note: 'Looks right', at }] });

  test('stand under the report; without any there is one empty line to sign by hand', () => {
    expect(render(signed, 'md').text).toContain('| Ada | DBA | 2026-01-02 10:00:00 UTC | Looks right |');
    expect(render(signed, 'html').text).toContain('<td>Ada</td><td>DBA</td><td>2026-01-02 10:00:00 UTC</td>');
    const empty = render(report(), 'md').text;
    expect(empty).toMatch(/\| Name \| Role \| Date \| Signature \|\n.*\n\| {2}\| {2}\| {2}\| {2}\|\n$/);
    expect(render(report(), 'html').text).toContain('<td></td><td></td><td></td><td></td>');
  });

  test('are absent from older reports, which read all the same', () => {
    const { signatures: _none, ...older } = report();
    expect(schema.parse(older).signatures).toEqual([]);
  });
});
