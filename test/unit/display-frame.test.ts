// Frames of the live display fit the terminal, whatever its size and however many tables there are.

import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { frame } from '../../src/cli/display/frame.ts';
import { leftoverLines } from '../../src/cli/display/leftovers.ts';
import { columns, shorten, visible, width } from '../../src/cli/display/text.ts';
import { createTheme } from '../../src/cli/display/theme.ts';
import { type RunEvent, stepNames } from '../../src/shared/model/run.ts';
import { advance, initialProgress } from '../../src/shared/progress.ts';

const surface = { isTTY: true, environment: {}, platform: 'linux' } as const;
const at = '2026-01-01T00:00:00.000Z';

function draw(tables: number, size: { columns: number; rows: number }, environment: NodeJS.ProcessEnv = {}) {
  let progress = initialProgress(
    stepNames,
    Array.from({ length: tables }, (_, i) => ({ name: `table_${i}_その名前はとても長いです`, rows: 1000 * i })),
  );
  const events: RunEvent[] = [
    { kind: 'started', run: '7k2m9q4x1abc', folder: '/runs', at },
    { kind: 'step', step: 'load', state: 'running', at },
    {
      kind: 'table',
      table: 'table_1_その名前はとても長いです',
      phase: 'loading',
      rows: 10,
      bytes: 10,
      estimate: 1000,
      at,
    },
    { kind: 'log', level: 'warning', message: 'x'.repeat(300), at },
  ];
  for (const event of events) progress = advance(progress, event);
  return frame(progress, {
    ...size,
    theme: createTheme({ ...surface, environment }),
    now: 1000,
    since: 0,
    cancelling: false,
    title: { source: `sqlite:${'/long'.repeat(40)}`, target: 'postgres://u@host:5432/database' },
  });
}

describe.each([
  [80, 24],
  [40, 16],
  [200, 60],
])('at %i × %i', (wide, high) => {
  test.each([1, 3, 500])('%i tables', (tables) => {
    const lines = draw(tables, { columns: wide, rows: high });
    expect(lines.length).toBeLessThan(high);
    for (const line of lines) expect(width(line)).toBeLessThanOrEqual(wide);
  });
});

test('NO_COLOR leaves no escape codes in a frame', () => {
  const text = draw(3, { columns: 80, rows: 24 }, { NO_COLOR: '1' }).join('\n');
  expect(stripVTControlCharacters(text)).toBe(text);
});

test('tables that do not fit are counted by state', () => {
  expect(draw(500, { columns: 80, rows: 24 }).join('\n')).toMatch(/and 489 more tables: 489 waiting/);
});

test('width counts what a terminal shows', () => {
  expect(width('abc')).toBe(3);
  expect(width('日本')).toBe(4);
  expect(width('e\u0301')).toBe(1);
  expect(width('\u001b[31mred\u001b[39m')).toBe(3);
});

test('shortening keeps whole characters', () => {
  expect(shorten('customers', 5)).toBe('cust…');
  expect(shorten('日本語', 4)).toBe('日…');
  expect(shorten('ok', 5)).toBe('ok');
});

test('control characters become visible', () => {
  expect(visible('a\u001b[2Jb\nc')).toBe('a␛[2Jb␊c');
  expect(visible('a\u202eb')).toBe('a\\u202eb');
});

test('figures stand under each other', () => {
  const theme = createTheme({ ...surface, environment: { NO_COLOR: '1' } });
  const lines = columns(
    theme,
    [{ title: 'table' }, { title: 'rows', align: 'right' }],
    [
      ['a', '1'],
      ['long', '1,000'],
    ],
  );
  expect(lines).toEqual(['table   rows', 'a          1', 'long   1,000']);
});

test('what is stopped while it is planned has nothing to undo', () => {
  const options = { theme: createTheme(surface), columns: 120, rows: 24, now: 0, since: 0, cancelling: true };
  const title = { source: 'a', target: 'b' };
  const planning = frame(initialProgress(stepNames), { ...options, title }).join('\n');
  expect(planning).toContain('Stopping: nothing was touched yet.');
  expect(planning).not.toContain('rolling back');
  const begun = advance(initialProgress(stepNames), { kind: 'started', run: '7k2m9q4x1abc', folder: '/runs', at });
  expect(frame(begun, { ...options, title }).join('\n')).toContain('what was done is being undone');
});

test('rows of backups that the server estimates are marked', () => {
  const table = { table: 'a', keptAs: 'b.a', bytes: 9_000_000, place: 'backup' as const };
  const lines = leftoverLines(
    createTheme(surface),
    [
      {
        run: '7k2m9q4x1abc',
        startedAt: at,
        state: 'published',
        epoch: 1,
        inUse: false,
        tables: [
          { ...table, rows: 1234, estimated: true },
          { ...table, rows: 5678, estimated: false },
        ],
      },
    ],
    new Set(),
    'sqlite:x',
  ).join('\n');
  expect(lines).toContain('≈ 1,234');
  expect(lines).not.toContain('≈ 5,678');
});
