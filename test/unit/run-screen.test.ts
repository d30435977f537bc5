// What the screen Run shows, apart from how: the wizard, its checks, the saga's line, tables, words, charts.

import { describe, expect, test } from 'vitest';
import { drawnPoints, rightEnd } from '../../src/renderer/features/run/model/chart.ts';
import {
  type Check,
  checksOf,
  type Evidence,
  obstacle,
  verdictOf,
} from '../../src/renderer/features/run/model/checks.ts';
import { filterLog } from '../../src/renderer/features/run/model/log.ts';
import { readOptions, typedFrom } from '../../src/renderer/features/run/model/options.ts';
import { sagaOf } from '../../src/renderer/features/run/model/saga.ts';
import {
  agoWords,
  lookBack,
  nearest,
  pathOf,
  roundTicks,
  shortFigure,
} from '../../src/renderer/features/run/model/scale.ts';
import { stateWords, tableRows } from '../../src/renderer/features/run/model/tables.ts';
import {
  firstNames,
  nameFault,
  nextStep,
  notProtected,
  publishReasons,
  scopeOf,
  stepBefore,
} from '../../src/renderer/features/run/model/wizard.ts';
import { canCancel, canPause, standing, stateLine, unheard } from '../../src/renderer/features/run/model/words.ts';
import type { Overview } from '../../src/shared/model/overview.ts';
import type { Plan, TablePlan } from '../../src/shared/model/plan.ts';
import { type RunEvent, stepNames } from '../../src/shared/model/run.ts';
import { advanceAll, initialProgress, type Progress } from '../../src/shared/progress.ts';
import { overall } from '../../src/shared/progress-figures.ts';
import { backupName, targetName } from '../../src/shared/run-places.ts';

const server = { family: 'sqlite', variant: 'SQLite', version: '3.5', versionNumber: 30500 } as const;

function table(name: string, existing: TablePlan['existing'] = null, mode: TablePlan['mode'] = 'create'): TablePlan {
  return {
    source: name,
    feeds: [],
    reads: [name],
    target: {
      name,
      columns: [],
      primaryKey: null,
      uniques: [],
      indexes: [],
      foreignKeys: [],
      checks: [],
      comment: null,
    },
    mode,
    filter: null,
    errors: { onError: 'stop' },
    lanes: [],
    besides: [],
    batchSize: null,
    lookups: [],
    rules: [],
    computed: [],
    key: [],
    chunks: [{ kind: 'all' }],
    estimate: { rows: 100, bytes: 1000 },
    existing,
    standsOn: [],
    merge: null,
    ddl: { create: [], index: [], relate: [] },
  };
}

function planOf(tables: TablePlan[], findings: Plan['findings'] = []): Plan {
  return {
    project: 'p',
    source: server,
    target: server,
    sourceFingerprint: 'A',
    targetFingerprint: 'B',
    publish: 'all in one transaction',
    order: [],
    tables,
    rules: [],
    findings,
  };
}

function evidence(more: Partial<Evidence> = {}): Evidence {
  const tested = { value: { server, latencyMs: 1, tls: false, readOnly: false, missing: [] } };
  const overview = { server, database: 'd', schema: null, tables: [], objects: [] } satisfies Partial<Overview>;
  return {
    plan: planOf([table('t')]),
    current: true,
    tests: { source: tested, target: tested },
    looks: {
      source: { value: { ...overview, fingerprint: 'A' } },
      target: { value: { ...overview, fingerprint: 'B' } },
    },
    left: { value: [] },
    ...more,
  };
}

const find = (checks: readonly Check[], id: string): Check | undefined => checks.find((check) => check.id === id);

describe('wizard', () => {
  test('goes on and back, and stays at its ends', () => {
    expect([nextStep('scope'), nextStep('start'), stepBefore('start'), stepBefore('scope')]).toEqual([
      'checks',
      'start',
      'safety',
      'scope',
    ]);
  });

  test.each([
    ['postgres://me@host:5432/shop?schema=public', 'shop'],
    ['mysql://me@host/caf%C3%A9', 'café'],
    ['sqlite:/data/legacy_shop.db', 'legacy_shop.db'],
    ['sqlite:copy.db', 'copy.db'],
  ])('the target of %s is typed as %s', (url, name) => {
    expect(targetName(url)).toBe(name);
  });

  test('an empty table that stands in the target is replaced too', () => {
    const scope = scopeOf(planOf([table('a'), table('b', { rows: 0, empty: true })]));
    expect(scope.replaced.map(({ source }) => source)).toEqual(['b']);
    expect(scope).toMatchObject({ rows: 200, bytes: 2000 });
  });

  test('backups are called as the publishers call them', () => {
    expect(backupName('postgres', 'x1', 'orders')).toBe('drover_x1_backup.orders');
    expect(backupName('sqlite', 'x1', 'orders')).toBe('drover_x1_b_orders');
  });

  test('what hangs on replaced tables is among the reasons for how it publishes', () => {
    const carried = (name: string): Plan['findings'][number] => ({
      ...{ severity: 'note', code: 'target.carried', place: { side: 'target', table: name }, remedies: [] },
      message: `1 view of ${name} is made anew on the new table: view v.`,
    });
    const reasons = (findings: Plan['findings']) => publishReasons(planOf([table('t')], findings)).slice(2, -1);
    expect(reasons([])).toEqual([]);
    const some = reasons(['a', 'b', 'c', 'd', 'e', 'f'].map(carried));
    expect(some[1]).toBe('1 view of a is made anew on the new table: view v.');
    expect(some.at(-1)).toBe('So is what hangs on 2 further tables; the plan names it.');
  });

  test('what is not protected depends on the plan', () => {
    const calm = notProtected({ ...planOf([table('t')]), source: { ...server, family: 'postgres' } });
    const risky = notProtected(
      planOf(
        [table('t', { rows: 1, empty: false }, 'replace')],
        [
          {
            severity: 'warning',
            code: 'source.no-snapshot',
            place: { side: 'source', table: 'log' },
            message: '',
            remedies: [],
          },
        ],
      ),
    );
    expect(calm.join(' ')).not.toMatch(/copied first|snapshot: let nobody/);
    expect(risky.join(' ')).toMatch(/log takes no part[\s\S]*copied first/);
  });

  test('options: what is empty is left to the engine, what can’t be taken is told at its field', () => {
    const settings = { theme: 'system', workers: 3, batchSize: null, memoryLimit: 500_000_000 } as const;
    const typed = typedFrom(settings);
    expect(typed).toEqual({ workers: 3, batchSize: '', memoryLimit: 500 });
    expect(readOptions(typed)).toEqual({ options: { workers: 3, memoryLimit: 500_000_000 }, faults: {} });
    expect(typedFrom(null)).toEqual({ workers: '', batchSize: '', memoryLimit: '' });
    for (const wrong of [-5, 0, '-', 1.5]) {
      const { options, faults } = readOptions({ workers: wrong, batchSize: wrong, memoryLimit: wrong });
      expect([wrong, options, Object.keys(faults)]).toEqual([wrong, {}, ['workers', 'batchSize', 'memoryLimit']]);
    }
    expect(readOptions({ ...typed, workers: 65 }).faults.workers).toBe('A whole number from 1 to 64, or nothing.');
  });

  test('a wrong name gets other words than none', () => {
    expect(nameFault('shop', 'shop')).toBeNull();
    expect(nameFault('', 'shop')).toMatch(/Type the name/);
    expect(nameFault('sho', 'shop')).toMatch(/not the name/);
  });

  test('of many tables twelve are named', () => {
    const names = Array.from({ length: 14 }, (_, i) => `t${i}`);
    expect(firstNames(names.slice(0, 2))).toBe('t0 and t1');
    expect(firstNames(names.slice(0, 12))).toMatch(/t10 and t11$/);
    expect(firstNames(names)).toMatch(/^t0, .*t11 and 2 more$/);
  });
});

describe('checks', () => {
  test('all pass: nothing stands in the way', () => {
    const checks = checksOf(evidence());
    expect(new Set(checks.map(({ state }) => state))).toEqual(new Set(['pass']));
    expect(obstacle(checks)).toBeNull();
    expect(verdictOf(checks)).toBe('pass');
  });

  test('while one is asked the run may not start', () => {
    const checks = checksOf(evidence({ looks: { source: 'asking', target: 'asking' } }));
    expect(verdictOf(checks)).toBe('asking');
    expect(obstacle(checks)).toBe('The checks are not done yet.');
  });

  test('a structure that changed since the plan fails', () => {
    const { looks } = evidence();
    const checks = checksOf(evidence({ looks: { ...looks, target: looks.source } }));
    expect(find(checks, 'drift target')).toMatchObject({ state: 'fail', way: 'plan again' });
    expect(find(checks, 'drift source')?.state).toBe('pass');
    expect(obstacle(checks)).toContain('Structure of the target as planned');
  });

  test('a plan older than the mapping fails, and so does one with blockers', () => {
    expect(find(checksOf(evidence({ current: false })), 'plan')).toMatchObject({ state: 'fail', way: 'plan again' });
    const blocker = { severity: 'blocker', code: 'x.y', place: { side: 'source' }, message: '', remedies: [] } as const;
    const blocked = planOf([table('t')], [{ ...blocker, remedies: [] }]);
    expect(find(checksOf(evidence({ plan: blocked })), 'plan')).toMatchObject({ state: 'fail', way: 'plan' });
  });

  test('tables that are replaced warn with their rows; those that may not be fail', () => {
    const replaced = planOf([table('t', { rows: 1234, empty: false }, 'replace')]);
    const warned = find(checksOf(evidence({ plan: replaced })), 'tables');
    expect(warned?.state).toBe('warn');
    expect(warned?.detail).toContain('1,234 rows');
    const refused = planOf([table('t', { rows: 1, empty: false })]);
    expect(find(checksOf(evidence({ plan: refused })), 'tables')?.state).toBe('fail');
  });

  test('a privilege missing in the target fails, a read-only target too', () => {
    const { tests, looks } = evidence();
    if (tests.target === 'asking' || 'error' in tests.target) throw new Error('unexpected');
    const missing = [{ message: 'May not CREATE.', remedy: 'GRANT CREATE.' }];
    const lacking = { ...tests, target: { value: { ...tests.target.value, missing } } };
    expect(find(checksOf(evidence({ tests: lacking, looks })), 'privileges target')).toMatchObject({
      state: 'fail',
      remedy: 'GRANT CREATE.',
    });
    const readOnly = { ...tests, target: { value: { ...tests.target.value, readOnly: true } } };
    expect(find(checksOf(evidence({ tests: readOnly })), 'privileges target')?.state).toBe('fail');
  });
});

type Untimed = RunEvent extends infer E ? (E extends RunEvent ? Omit<E, 'at'> : never) : never;
const START = 1_700_000_000_000;

function play(...events: readonly [number, Untimed][]): Progress {
  const timed = events.map(([ms, event]) => ({ ...event, at: new Date(START + ms).toISOString() }) as RunEvent);
  return advanceAll(initialProgress(stepNames), timed);
}

type Phase = Extract<RunEvent, { kind: 'table' }>['phase'];
type StepEvent = Extract<RunEvent, { kind: 'step' }>;
const of = (name: string, phase: Phase, rows: number, estimate = 100): Untimed => ({
  kind: 'table',
  table: name,
  phase,
  rows,
  bytes: rows,
  estimate,
});
const step = (name: StepEvent['step'], state: StepEvent['state']): Untimed => ({ kind: 'step', step: name, state });

describe('saga', () => {
  test('fills step by step', () => {
    const stops = sagaOf(
      play([0, step('preflight', 'running')], [500, step('preflight', 'done')], [600, step('snapshot', 'running')])
        .steps,
    );
    expect(stops.slice(0, 3).map(({ stop, seconds }) => [stop, seconds])).toEqual([
      ['done', 0.5],
      ['acting', null],
      ['ahead', null],
    ]);
  });

  test('runs back from the step that failed, and passes those with nothing to undo', () => {
    const { steps } = play(
      [0, step('snapshot', 'done')],
      [1, step('stage', 'done')],
      [2, step('load', 'done')],
      [3, step('index', 'failed')],
      [4, step('stage', 'compensating')],
    );
    expect(Object.fromEntries(sagaOf(steps).map((each) => [each.step, each.stop]))).toMatchObject({
      snapshot: 'done',
      stage: 'undoing',
      load: 'passed',
      index: 'failed',
      verify: 'ahead',
    });
  });
});

describe('tables of the run', () => {
  const events: [number, Untimed][] = [
    [0, step('load', 'running')],
    [0, of('small', 'waiting', 0, 10)],
    [0, of('large', 'loading', 0, 1000)],
    [2000, of('large', 'loading', 500, 1000)],
  ];

  test('largest first, with the rate since the phase began', () => {
    const [large, small] = tableRows(play(...events));
    expect(large).toMatchObject({
      name: 'large',
      rows: 500,
      total: 1000,
      exact: false,
      rowsPerSecond: 250,
      seconds: 2,
    });
    expect(small).toMatchObject({ name: 'small', state: 'waiting', rowsPerSecond: null, seconds: null });
  });

  test('building indexes has no rate: no rows move', () => {
    const [large] = tableRows(
      play(...events, [3000, of('large', 'indexing', 1000, 1000)], [4000, of('small', 'loading', 1)]),
    );
    expect(large).toMatchObject({ state: 'indexing', rowsPerSecond: null });
  });

  test('a pause has no rate', () => {
    const [large] = tableRows(play(...events, [3000, { kind: 'paused', paused: true }]));
    expect(large?.rowsPerSecond).toBeNull();
  });

  test('a table at rest keeps its very row while others move', () => {
    const before = play(...events);
    const after = advanceAll(before, [{ kind: 'memory', rss: 1, at: new Date(START + 2500).toISOString() }]);
    expect(tableRows(after)[1]).toBe(tableRows(before)[1]);
    expect(tableRows(after)[0]).not.toBe(tableRows(before)[0]);
  });

  test('going back, what was loaded is thrown away, what failed stays to be seen', () => {
    const back = play(...events, [2100, of('bad', 'failed', 3)], [2200, step('stage', 'compensating')]);
    expect(Object.fromEntries(tableRows(back).map(({ name, state }) => [name, state]))).toEqual({
      large: 'rolled back',
      bad: 'failed',
      small: 'waiting',
    });
  });

  test('where the target could not be asked nothing is called rolled back or waiting', () => {
    const unknown: Untimed = { kind: 'finished', run: 'r1', state: 'unknown', verdict: null, folder: '/' };
    const end = play(...events, [2100, of('bad', 'failed', 3)], [2200, step('stage', 'compensating')], [2300, unknown]);
    expect(tableRows(end).map(({ state }) => stateWords(state))).toEqual(['not known', 'failed', 'not known']);
    expect(standing(end)).toMatch(/nothing is claimed of it.*drover_r1/);
  });

  test('while the engine does not answer nothing is called loading, and there is no rate', () => {
    const rows = tableRows(play(...events, [2100, of('done', 'loaded', 3)]), true);
    expect(rows.map(({ name, state, rowsPerSecond }) => [name, state, rowsPerSecond])).toEqual([
      ['large', 'unknown', null],
      ['done', 'loaded', null],
      ['small', 'unknown', null],
    ]);
    expect(unheard('12:00:01', false)?.text).toContain('Unknown since 12:00:01');
    expect(unheard(null, false)).toBeNull();
  });
});

describe('words', () => {
  const finished = (
    state: 'published' | 'rolled back' | 'unknown',
    verdict: 'verified' | 'partial' | 'different' | null,
  ): Untimed => ({
    kind: 'finished',
    run: 'x',
    state,
    verdict,
    folder: '/',
  });

  const unwished = { cancelling: false, leaving: false };

  test('a run that was cut off says why it waits, and begins its steps anew when it goes on', () => {
    const cut: [number, Untimed] = [
      2000,
      { kind: 'retrying', attempt: 1, of: 3, seconds: 4, message: 'The line is cut.' },
    ];
    const waits = play([0, step('load', 'running')], [1, of('t', 'loading', 900)], [2000, step('load', 'failed')], cut);
    expect(stateLine(waits, unwished)).toEqual({
      kind: 'warned',
      text: 'Waiting: The line is cut. It goes on in 4 seconds from where the target stands, attempt 1 of 3.',
    });
    expect(sagaOf(waits.steps).find((each) => each.step === 'load')?.stop).toBe('failed');
    const goes = [of('t', 'waiting', 0), step('preflight', 'running')].map((event): [number, Untimed] => [6000, event]);
    const again = play([0, step('load', 'running')], [1, of('t', 'loading', 900)], cut, ...goes);
    expect(again.waiting).toBeNull();
    expect(sagaOf(again.steps).map(({ stop }) => stop)).toEqual(['acting', ...Array(8).fill('ahead')]);
    expect(again.tables.get('t')).toMatchObject({ phase: 'waiting', loaded: { rows: 0 } });
  });

  test('of a run that was taken up the steps before are done', () => {
    const taken = play([0, step('verify', 'running')]);
    expect(sagaOf(taken.steps).map(({ stop }) => stop)).toEqual([
      ...Array(5).fill('earlier'),
      'acting',
      ...Array(3).fill('ahead'),
    ]);
  });

  test('only what was compared is called so', () => {
    const loaded: [number, Untimed] = [0, of('t', 'loaded', 1234)];
    expect(stateLine(play(loaded, [1, finished('published', 'verified')]), unwished)).toEqual({
      kind: 'proved',
      text: 'Published. All 1,234 rows arrived; every checksum matches.',
    });
    expect(stateLine(play(loaded, [1, finished('published', 'different')]), unwished).kind).toBe('warned');
    expect(stateLine(play([1, finished('unknown', null)]), unwished).text).toContain('not certain');
  });

  test('tables left out count for nothing, and the end names how many', () => {
    const events: [number, Untimed][] = [
      [0, step('load', 'running')],
      [0, of('given', 'loading', 600, 1000)],
      [1, of('kept', 'loaded', 400, 400)],
      [2, of('given', 'left out', 0, 1000)],
    ];
    const loading = play(...events);
    expect(overall(loading)).toMatchObject({ rows: 400, total: 400 });
    expect(stateLine(loading, unwished).text).toBe('Loading: 1 of 1 table done, 1 left out.');
    expect(tableRows(loading).map(({ state }) => state)).toEqual(['left out', 'loaded']);
    const end = play(...events, [3, finished('published', 'partial')]);
    expect(stateLine(end, unwished)).toMatchObject({ kind: 'warned' });
    expect(stateLine(end, unwished).text).toContain('Published, 1 table left out');
    expect(standing(end)).toContain('but for those left out');
  });

  test('a wish to cancel shows at once, the way back when it begins', () => {
    const running = play([0, step('load', 'running')]);
    expect(stateLine(running, { ...unwished, cancelling: true }).text).toMatch(/^Cancelling/);
    expect(stateLine(play([0, step('stage', 'compensating')]), { ...unwished, cancelling: true }).text).toMatch(
      /^Rolling back: undoing stage/,
    );
  });

  test('pausing ends with verify, cancelling with publish', () => {
    const at = (name: StepEvent['step']) => play([0, step(name, 'running')]);
    expect([canPause(at('verify')), canPause(at('publish'))]).toEqual([true, false]);
    expect([canCancel(at('publish')), canCancel(at('confirm'))]).toEqual([true, false]);
    expect(canCancel(play([0, step('stage', 'compensating')]))).toBe(false);
  });
});

test('charts: few points, the newest now, neighbours averaged', () => {
  const points = Array.from({ length: 600 }, (_, i) => ({
    at: i * 500,
    rows: i % 2 ? 200 : 100,
    bytes: 2e6,
    rss: 3e8,
  }));
  const drawn = drawnPoints(points);
  expect(drawn).toHaveLength(150);
  expect(drawn.at(-1)).toEqual({ at: 0, rows: 150, megabytes: 2, memory: 300 });
  expect(drawn[0]?.at).toBe(-298);
  expect(drawnPoints([])).toEqual([]);
});

test('the right end of a chart is now only while there is a now', () => {
  const at = Date.parse('2026-01-01T10:20:30');
  const points = [{ at, rows: 1, bytes: 1, rss: null }];
  expect(rightEnd(points, true)).toBe('now');
  expect(rightEnd(points, false)).toBe('10:20:30');
  expect(rightEnd([], false)).toBe('now');
});

test('charts: round figures beside the line, and room above it', () => {
  expect(roundTicks(0), 'no scale is made up for nothing').toEqual([0]);
  expect(roundTicks(3)).toEqual([0, 1, 2, 3]);
  expect(roundTicks(310_000)).toEqual([0, 200_000, 400_000, 600_000]);
  expect(roundTicks(0.5)).toEqual([0, 0.2, 0.4, 0.6000000000000001]);
  expect([0, 2.5, 900, 120_000, 1_250_000].map(shortFigure)).toEqual(['0', '2.5', '900', '120k', '1.3M']);
});

test('charts: a path from the left to now, with a gap where nothing is known', () => {
  const spots = [
    { at: -60, value: 0 },
    { at: -30, value: 50 },
    { at: -15, value: null },
    { at: 0, value: 200 },
  ];
  expect(lookBack(spots)).toBe(60);
  expect([lookBack([]), lookBack([{ at: -900 }])]).toEqual([60, 300]);
  expect(pathOf(spots, 60, 100)).toBe('M0 100L50 50M100 0');
  expect(
    pathOf(
      [
        { at: -60, value: 0 },
        { at: 0, value: 0 },
      ],
      60,
      0,
    ),
    'on the ground',
  ).toBe('M0 100L100 100');
  expect([0, 40, 99, 100].map((across) => nearest(spots, across, 60))).toEqual([0, 1, 3, 3]);
  expect(nearest([], 50, 60)).toBe(-1);
  expect([0, -60, -30].map(agoWords)).toEqual(['now', '-1 min', '-30 s']);
});

test('the log is read from a level upwards, by every word', () => {
  const lines = [
    { level: 'info', message: 'load: running' },
    { level: 'warning', message: 'Memory is above its limit' },
    { level: 'error', message: 'load: failed' },
  ] as const;
  expect(filterLog(lines, 'warning', '')).toEqual(lines.slice(1));
  expect(filterLog(lines, 'info', 'LOAD fail')).toEqual([lines[2]]);
  expect(filterLog(lines, 'info', ' ')).toBe(lines);
});
