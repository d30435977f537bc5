// The event log: compact, bounded, in order; watchers come, leave and come back.

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { EventLog } from '../../src/engine/run/event-log.ts';
import type { RunEvent } from '../../src/shared/model/run.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

function heapUsed(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

const at = '2026-01-01T00:00:00.000Z';
const stay = new AbortController().signal;

function table(name: string, phase: 'waiting' | 'loading' | 'loaded' | 'verifying', rows = 0): RunEvent {
  return { kind: 'table', table: name, phase, rows, bytes: 0, estimate: 0, at };
}
const memory = (rss: number): RunEvent => ({ kind: 'memory', rss, at });
const log = (message: string): RunEvent => ({ kind: 'log', level: 'info', message, at });
const step = (name: 'load' | 'verify'): RunEvent => ({ kind: 'step', step: name, state: 'running', at });
const finished: RunEvent = { kind: 'finished', run: 'x', state: 'published', verdict: 'verified', folder: '/x', at };

function words(events: readonly RunEvent[]): string[] {
  return events.map((event) => {
    if (event.kind === 'table') return `${event.table} ${event.phase} ${event.rows}`;
    if (event.kind === 'memory') return `memory ${event.rss}`;
    if (event.kind === 'log') return event.message;
    return event.kind === 'step' ? event.step : event.kind;
  });
}

describe('what is kept', () => {
  test('of each table what was loaded and where it stands, of memory the last, everything else in order', () => {
    const events = new EventLog();
    for (const event of [
      step('load'),
      table('a', 'waiting'),
      table('a', 'loading', 1),
      memory(1),
      log('one'),
      table('b', 'loading', 5),
      table('a', 'loaded', 9),
      step('verify'),
      log('two'),
      memory(2),
      table('a', 'verifying', 3),
      table('a', 'verifying', 4),
      finished,
    ])
      events.push(event);
    expect(words(events.since(0))).toEqual([
      'load',
      'one',
      'b loading 5',
      'a loaded 9',
      'verify',
      'two',
      'memory 2',
      'a verifying 4',
      'finished',
    ]);
  });

  test('stays small over a million events of ten thousand tables, and loses no step', () => {
    const events = new EventLog();
    const before = heapUsed();
    events.push(step('load'));
    for (let i = 0; i < 1_000_000; i++) {
      events.push(table(`t${i % 10_000}`, 'loading', i));
      if (i % 100 === 0) events.push(log(`line ${i}`));
    }
    events.push(step('verify'));
    const kept = events.since(0);
    expect(kept.filter(({ kind }) => kind === 'table')).toHaveLength(10_000);
    expect(kept.filter(({ kind }) => kind === 'log')).toHaveLength(2000);
    expect(words(kept.filter(({ kind }) => kind === 'step'))).toEqual(['load', 'verify']);
    expect(words(kept).at(-2)).toBe('t9999 loading 999999');
    expect(heapUsed() - before, 'bytes held').toBeLessThan(32 * 1024 * 1024);
  });
});

describe('watching', () => {
  test('who comes late gets the compact form, who comes back what is new, and everybody ends after finished', async () => {
    const events = new EventLog();
    events.push(step('load'));
    events.push(table('a', 'loading', 1));
    events.push(table('a', 'loading', 2));
    const first = events.watch(0, 0, stay);
    const item = await first.next();
    expect(item.value).toMatchObject({ seq: 3 });
    expect(words(item.value?.events ?? [])).toEqual(['load', 'a loading 2']);
    await first.return(undefined);

    events.push(table('a', 'loading', 3));
    events.push(finished);
    events.end();
    const told: string[][] = [];
    for await (const each of events.watch(3, 0, stay)) told.push(words(each.events));
    expect(told).toEqual([['a loading 3', 'finished']]);
    for await (const each of events.watch(5, 0, stay)) expect(each).toBe('never');
  });

  test('events coalesce while nobody asks for the next item', async () => {
    const events = new EventLog();
    const watcher = events.watch(0, 0, stay);
    events.push(table('a', 'loading', 1));
    await watcher.next();
    for (let rows = 2; rows <= 500; rows++) events.push(table('a', 'loading', rows));
    const { value } = await watcher.next();
    expect(words(value?.events ?? [])).toEqual(['a loading 500']);
    expect(value?.seq).toBe(500);
  });

  test('items keep their distance, and lose nothing by it', async () => {
    const events = new EventLog();
    const times: number[] = [];
    const told: string[] = [];
    const watching = (async () => {
      for await (const item of events.watch(0, 60, stay)) {
        times.push(performance.now());
        told.push(...words(item.events));
      }
    })();
    for (let i = 0; i < 30; i++) {
      events.push(log(`line ${i}`));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    events.end();
    await watching;
    expect(told).toEqual(Array.from({ length: 30 }, (_, i) => `line ${i}`));
    for (const [i, time] of times.slice(1).entries()) expect(time - times[i]!).toBeGreaterThan(55);
  });

  test('leaving ends the iteration quietly, and others go on', async () => {
    const events = new EventLog();
    const leaving = new AbortController();
    const one = events.watch(0, 0, leaving.signal).next();
    const other = events.watch(0, 0, stay).next();
    leaving.abort();
    expect((await one).done).toBe(true);
    events.push(log('still here'));
    expect(words((await other).value?.events ?? [])).toEqual(['still here']);
  });
});
