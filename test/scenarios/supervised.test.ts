// Runs that live in the engine: started, watched, paused, resumed, cancelled and signed.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunOptions } from '../../src/shared/contract.ts';
import type { Project } from '../../src/shared/model/mapping.ts';
import type { RunEvent } from '../../src/shared/model/run.ts';
import { freshDatabase, type ServerName, type TestDatabase } from '../support/database.ts';
import { dump } from '../support/dump.ts';
import { endpointOf, openHost, type TestHost } from '../support/engine.ts';
import { objectsOfRun } from '../support/leaks.ts';
import { chosen } from '../support/slice.ts';

const MADE: Record<'postgres' | 'mariadb' | 'sqlite', (rows: number) => string> = {
  postgres: (rows) => `SELECT n, repeat('x', 500) FROM generate_series(1, ${rows}) n`,
  mariadb: (rows) => `SELECT seq, repeat('x', 500) FROM seq_1_to_${rows}`,
  sqlite: (rows) =>
    `WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c LIMIT ${rows}) SELECT n, printf('%500s', 'x') FROM c`,
};
const ROWS = 5_000;
/** For what has to be met in the middle of loading. */
const MANY = 60_000;

let host: TestHost;
let source: TestDatabase;
let target: TestDatabase;
beforeEach(() => {
  host = openHost();
});
afterEach(async () => {
  await source.drop();
  await target.drop();
  host.close();
});

async function prepare(from: keyof typeof MADE, to: ServerName, { tables = 1, rows = ROWS } = {}): Promise<void> {
  source = await freshDatabase(from);
  target = await freshDatabase(to);
  for (let i = 0; i < tables; i++) {
    await source.run(`CREATE TABLE things${i} (id integer PRIMARY KEY, name varchar(1000))`);
    await source.run(`INSERT INTO things${i} ${MADE[from](rows)}`);
  }
}

async function start(options: RunOptions = {}): Promise<string> {
  const pair = { source: endpointOf(source), target: endpointOf(target) };
  const project: Project = await host.call('map', { ...pair, name: 'test', mode: 'replace' });
  return (await host.call('run.start', { ...pair, project, options })).run;
}

const watch = (run: string, after = 0, signal = new AbortController().signal) =>
  host.stream('run.watch', { run, after }, signal);

/** Watches until an event is as wished, or to the end. */
async function until(run: string, wished: (event: RunEvent) => boolean): Promise<RunEvent | null> {
  for await (const { events } of watch(run)) {
    const found = events.find(wished);
    if (found) return found;
  }
  return null;
}

async function endOf(run: string): Promise<Extract<RunEvent, { kind: 'finished' }>> {
  const end = await until(run, ({ kind }) => kind === 'finished');
  if (end?.kind !== 'finished') throw new Error('the run ended without saying how');
  return end;
}

/** What a newcomer is told of the rows that are loaded. */
async function loadedRows(run: string): Promise<number> {
  const { value } = await watch(run)[Symbol.asyncIterator]().next();
  const events: RunEvent[] = value?.events ?? [];
  return events.reduce((sum, event) => sum + (event.kind === 'table' ? event.rows : 0), 0);
}

async function standsStill(run: string): Promise<boolean> {
  const rows = await loadedRows(run);
  await sleep(500);
  return (await loadedRows(run)) === rows;
}

const running = (step: string) => (event: RunEvent) =>
  event.kind === 'step' && event.step === step && event.state === 'running';

describe('a run in the engine', () => {
  it('goes on by itself, and any number of watchers come, leave and come back', async () => {
    await prepare('sqlite', 'postgres', { tables: 2 });
    const run = await start();
    expect(await host.call('run.active', {})).toMatchObject([{ run, project: 'test' }]);

    const leaving = new AbortController();
    let seen = 0;
    const early: RunEvent[] = [];
    for await (const item of watch(run, 0, leaving.signal)) {
      seen = item.seq;
      early.push(...item.events);
      if (item.events.some(running('load'))) leaving.abort();
    }
    const whole: RunEvent[] = [];
    for await (const { events } of watch(run)) whole.push(...events);
    const rest: RunEvent[] = [];
    for await (const { events } of watch(run, seen)) rest.push(...events);

    const steps = (events: readonly RunEvent[]) =>
      events.flatMap((event) => (event.kind === 'step' ? [`${event.step} ${event.state}`] : []));
    expect(whole.at(-1)).toMatchObject({ kind: 'finished', state: 'published', verdict: 'verified' });
    expect(steps(whole)).toHaveLength(18);
    expect([...steps(early), ...steps(rest)]).toEqual(steps(whole));
    expect(early.filter(({ kind }) => kind === 'finished')).toEqual([]);

    // Over, it can still be watched, and neither paused nor cancelled.
    const late: RunEvent[] = [];
    for await (const { events } of watch(run)) late.push(...events);
    const tables = late.flatMap((event) =>
      event.kind === 'table' ? [`${event.table} ${event.phase} ${event.rows}`] : [],
    );
    expect(tables.sort()).toEqual([
      `things0 loaded ${ROWS}`,
      `things0 verified ${ROWS}`,
      `things1 loaded ${ROWS}`,
      `things1 verified ${ROWS}`,
    ]);
    expect(await host.call('run.active', {})).toEqual([]);
    for (const call of ['run.pause', 'run.continue', 'run.cancel'] as const) {
      await expect(host.call(call, { run })).rejects.toMatchObject({ data: { code: 'run.not-running' } });
    }
    await expect(watch('000000000000')[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      data: { code: 'run.not-running' },
    });
  });

  it('that can not begin is not started, and one with a blocked plan ends refused', async () => {
    await prepare('sqlite', 'postgres');
    await target.run('CREATE TABLE things0 (id integer PRIMARY KEY); INSERT INTO things0 VALUES (1)');
    await target.run('CREATE VIEW ids AS SELECT id FROM things0');
    const before = await dump(target);
    const itself = { source: endpointOf(source), target: endpointOf(source) };
    const project = await host.call('map', { source: endpointOf(source), target: endpointOf(target), name: 'test' });
    await expect(host.call('run.start', { ...itself, project, options: {} })).rejects.toMatchObject({
      data: { code: 'map.same-database' },
    });
    expect(await host.call('runs', {})).toEqual([]);
    const run = await start();
    expect((await endOf(run)).state).toBe('refused');
    expect(await dump(target)).toBe(before);
  });
});

const pairs: readonly (readonly [keyof typeof MADE, ServerName])[] = [
  ['sqlite', 'postgres'],
  ['postgres', 'mariadb'],
  ['mariadb', 'sqlite'],
];
describe.each(chosen('paused', pairs, 1))('paused, %s → %s', (from, to) => {
  it('stands still between two batches, and arrives whole when it is resumed', async () => {
    await prepare(from, to, { rows: MANY });
    const run = await start({ workers: 2 });
    await until(run, running('load'));
    await host.call('run.pause', { run });
    // A batch that is on its way still arrives.
    await expect.poll(() => standsStill(run), { timeout: 30_000 }).toBe(true);
    expect(await loadedRows(run)).toBeLessThan(MANY);
    await host.call('run.continue', { run });
    expect(await endOf(run)).toMatchObject({ state: 'published', verdict: 'verified' });
    expect(await target.ask('SELECT COUNT(*) FROM things0')).toEqual([[String(MANY)]]);
    const audit = await host.call('run.audit', { run });
    expect(audit.flatMap(({ step, detail }) => (/^(Paused|Resumed)/.test(detail ?? '') ? [step] : []))).toEqual([
      'load',
      'load',
    ]);
  });

  it('can be cancelled, and then the target is as it was', async () => {
    await prepare(from, to);
    await target.run('CREATE TABLE things0 (id integer PRIMARY KEY); INSERT INTO things0 VALUES (1)');
    const before = await dump(target);
    const run = await start({ workers: 2 });
    // Pressed before anything is loaded: the first batch waits.
    await host.call('run.pause', { run });
    await until(run, running('load'));
    await sleep(300);
    expect(await loadedRows(run)).toBe(0);
    await host.call('run.cancel', { run });
    expect((await endOf(run)).state).toBe('rolled back');
    expect(await dump(target)).toBe(before);
    expect(await objectsOfRun(target, run, { drop: false })).toEqual([]);
  });
});

describe('a memory limit', () => {
  it('that is far too low slows the run down to one worker, and it arrives all the same', async () => {
    await prepare('sqlite', 'postgres', { tables: 4 });
    const run = await start({ workers: 3, memoryLimit: 1 });
    await host.call('run.pause', { run });
    const word = await until(run, (event) => event.kind === 'log' && event.message.startsWith('Memory is above'));
    expect(word).not.toBeNull();
    await host.call('run.continue', { run });
    expect(await endOf(run)).toMatchObject({ state: 'published', verdict: 'verified' });
  });
});

describe('a report', () => {
  it('takes signatures, all of them, and shows them', async () => {
    await prepare('sqlite', 'sqlite');
    const run = await start();
    const { folder } = await endOf(run);
    const path = (format: string) => join(folder, `verification_report.${format}`);
    expect((await host.call('report.read', { run })).signatures).toEqual([]);
    await Promise.all(
      ['Ada <b>', 'Bob'].map((name) =>
        host.call('report.sign', { run, signature: { name, role: 'DBA', note: 'Looks right' } }),
      ),
    );
    const { signatures } = await host.call('report.read', { run });
    // Asked for at once, they come in any order.
    expect(signatures.map(({ name }) => name).toSorted()).toEqual(['Ada <b>', 'Bob']);
    expect(readFileSync(path('md'), 'utf8')).toMatch(/\| Ada &lt;b&gt; \| DBA \| .* UTC \| Looks right \|/);
    expect(readFileSync(path('html'), 'utf8')).toContain('<td>Ada &lt;b&gt;</td><td>DBA</td>');
    await expect(host.call('report.sign', { run, signature: { name: ' ', role: '', note: '' } })).rejects.toMatchObject(
      { data: { code: 'support.usage' } },
    );
  });
});
