// The reducer from run events to what a display shows.

import { describe, expect, test } from 'vitest';
import { type RunEvent, stepNames } from '../../src/shared/model/run.ts';
import {
  advance,
  advanceAll,
  compensating,
  currentStep,
  initialProgress,
  type Progress,
} from '../../src/shared/progress.ts';
import { fractionOf, overall, wholeOf } from '../../src/shared/progress-figures.ts';

type Untimed = RunEvent extends infer E ? (E extends RunEvent ? Omit<E, 'at'> : never) : never;

/** Feeds events, each so many milliseconds after the start. */
function play(...events: readonly [number, Untimed][]): Progress {
  let progress = initialProgress(stepNames, [
    { name: 'orders', rows: 1000 },
    { name: 'items', rows: 3000 },
  ]);
  for (const [ms, event] of events) {
    progress = advance(progress, { ...event, at: new Date(1_700_000_000_000 + ms).toISOString() } as RunEvent);
  }
  return progress;
}

const started: [number, Untimed] = [0, { kind: 'started', run: 'abc', folder: '/runs/abc' }];
const loading: [number, Untimed] = [0, { kind: 'step', step: 'load', state: 'running' }];
const table = (name: string, phase: 'loading' | 'loaded' | 'verifying' | 'verified', rows: number): Untimed => ({
  kind: 'table',
  table: name,
  phase,
  rows,
  bytes: rows * 100,
  estimate: name === 'orders' ? 1000 : 3000,
});

describe('loading', () => {
  test('rows of all tables add up against the estimates', () => {
    const all = overall(
      play(started, loading, [500, table('orders', 'loading', 500)], [1000, table('items', 'loading', 500)]),
    );
    expect(all).toMatchObject({
      activity: 'loading',
      rows: 1000,
      bytes: 100_000,
      total: 4000,
      exact: false,
      fraction: 0.25,
    });
  });

  test('a finished table counts with what it had, not with its estimate', () => {
    const all = overall(
      play(started, loading, [500, table('orders', 'loaded', 1200)], [900, table('items', 'loading', 0)]),
    );
    expect(all.total).toBe(4200);
  });

  test('an estimate that was too low never shows more than the whole', () => {
    const all = overall(
      play(started, loading, [500, table('orders', 'loading', 5000)], [900, table('items', 'loading', 9000)]),
    );
    expect(all.fraction).toBeLessThan(1);
    expect(all.total).toBe(14_000);
  });

  test('the rate comes from the last seconds', () => {
    const all = overall(
      play(
        started,
        loading,
        [0, table('items', 'loading', 0)],
        [1000, table('items', 'loading', 500)],
        [2000, table('items', 'loading', 1000)],
      ),
    );
    expect(all.rowsPerSecond).toBeCloseTo(500);
    expect(all.bytesPerSecond).toBeCloseTo(50_000);
    expect(all.secondsLeft).toBeCloseTo(6);
  });

  test('below one per cent nothing is said of the time left', () => {
    const all = overall(
      play(started, loading, [0, table('items', 'loading', 0)], [1000, table('items', 'loading', 20)]),
    );
    expect(all.rowsPerSecond).toBeCloseTo(20);
    expect(all.secondsLeft).toBeNull();
  });
});

test('verifying starts from zero against the exact number of rows loaded', () => {
  const progress = play(
    started,
    loading,
    [10, table('orders', 'loaded', 1100)],
    [20, table('items', 'loaded', 2900)],
    [30, { kind: 'step', step: 'load', state: 'done' }],
    [40, { kind: 'step', step: 'verify', state: 'running' }],
    [50, table('orders', 'verifying', 550)],
  );
  expect(overall(progress)).toMatchObject({ activity: 'verifying', rows: 550, total: 4000, exact: true });
  expect(fractionOf(progress.tables.get('orders')!)).toBe(0.5);
  expect(fractionOf(progress.tables.get('items')!)).toBe(1);
});

test('steps run backwards when they are undone', () => {
  const progress = play(
    started,
    [1, { kind: 'step', step: 'stage', state: 'running' }],
    [2, { kind: 'step', step: 'stage', state: 'done' }],
    [3, { kind: 'step', step: 'load', state: 'running' }],
    [4, { kind: 'step', step: 'load', state: 'failed' }],
    [5, { kind: 'step', step: 'stage', state: 'compensating' }],
  );
  expect(compensating(progress)).toBe(true);
  expect(currentStep(progress)).toBe('stage');
  expect(progress.steps.get('load')?.state).toBe('failed');
  expect(progress.steps.get('publish')?.state).toBe('pending');
});

test('memory, warnings, the error and the end are kept', () => {
  const progress = play(
    started,
    [1, { kind: 'memory', rss: 200 }],
    [2, { kind: 'memory', rss: 100 }],
    [3, { kind: 'log', level: 'info', message: 'quiet' }],
    [4, { kind: 'log', level: 'warning', message: 'loud' }],
    [5, { kind: 'finished', run: 'abc', state: 'rolled back', verdict: 'failed', folder: '/runs/abc' }],
  );
  expect(progress).toMatchObject({ rss: 100, peakRss: 200, log: [{ level: 'warning', message: 'loud' }] });
  expect(progress.finished).toEqual({ state: 'rolled back', verdict: 'failed', folder: '/runs/abc' });
});

test('the window of samples stays short however many events come', () => {
  const events = Array.from({ length: 5000 }, (_, i): [number, Untimed] => [i * 5, table('items', 'loading', i)]);
  expect(play(started, loading, ...events).samples.length).toBeLessThan(60);
});

describe('the whole run', () => {
  const loaded: [number, Untimed][] = [
    [500, table('orders', 'loaded', 1000)],
    [900, table('items', 'loaded', 3000)],
  ];

  test('is half done when all is loaded, and never done before its end', () => {
    expect(wholeOf(play(started, loading, ...loaded))).toBe(0.5);
    const compared: [number, Untimed][] = [
      [1000, table('orders', 'verified', 1000)],
      [1100, table('items', 'verified', 3000)],
    ];
    const before = play(started, loading, ...loaded, ...compared);
    expect(wholeOf(before)).toBe(0.999);
    expect(wholeOf(play(started, loading, ...loaded, [1000, table('orders', 'verified', 1000)]))).toBe(0.625);
  });

  test('of nothing yet is nothing', () => {
    expect(wholeOf(initialProgress(stepNames))).toBe(0);
  });
});

test('many events at once lead where one after the other do', () => {
  const at = (ms: number, event: Untimed) =>
    ({ ...event, at: new Date(1_700_000_000_000 + ms).toISOString() }) as RunEvent;
  const events = [
    at(0, { kind: 'step', step: 'load', state: 'running' }),
    at(100, table('orders', 'loading', 10)),
    at(200, { kind: 'log', level: 'warning', message: 'slow' }),
    at(300, table('items', 'loading', 20)),
    at(350, { kind: 'memory', rss: 7 }),
    at(400, table('orders', 'loaded', 1000)),
    at(500, table('items', 'loaded', 3000)),
    at(600, { kind: 'step', step: 'load', state: 'done' }),
    at(700, { kind: 'step', step: 'verify', state: 'running' }),
    at(900, table('orders', 'verifying', 400)),
    at(1300, table('orders', 'verifying', 800)),
    at(1400, { kind: 'log', level: 'info', message: 'last' }),
  ];
  const [whole, single] = [advanceAll, (from: Progress, all: RunEvent[]) => all.reduce(advance, from)].map((play) =>
    play(initialProgress(stepNames), events),
  );
  expect({ ...whole, samples: whole!.samples.at(-1) }).toEqual({ ...single, samples: single!.samples.at(-1) });
  expect(whole!.tables.get('orders')?.loaded.rows, 'what was loaded is the measure for verifying').toBe(1000);
});
