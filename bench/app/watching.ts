// What watching a run costs: processor time of the page beyond what it takes when nothing happens, and of the host beyond what it takes unwatched.

import type { Browser, Page, WebSocket } from 'playwright-core';
import type { App } from '../../test/support/app.ts';
import { filesBelow } from '../../test/support/program.ts';
import type { BenchContext } from '../context.ts';
import { appFigure, type Unit } from './figure.ts';
import { beginRun, endOfRun } from './hand.ts';
import { secondsOf, startMeter } from './processes.ts';

export interface Watched {
  readonly seconds: number;
  /** Percent of a core once the dashboard is drawn, beyond those of the same page at rest. */
  readonly renderer: number;
  readonly gpu: number;
  /** Processor seconds until then. */
  readonly drawing: number;
  /** Items of streams, in each second of the run. */
  readonly updates: readonly number[];
  /** Processor seconds, the run itself among them; null where they can't be had. */
  readonly host: number | null;
}

const REST_MS = 3000;
/** Within this the dashboard is drawn for the first time. */
const DRAWN_MS = 1500;

/** From a prepared run to its end, with the dashboard open. */
export async function watchRun(browser: Browser, page: Page, app: App, updates: Updates): Promise<Watched> {
  const rest = await startMeter(browser);
  await page.waitForTimeout(REST_MS);
  const resting = await rest.stop();
  const first = await startMeter(browser);
  const reports = reportsIn(app);
  const hostBefore = secondsOf(app.process.pid);
  const began = performance.now();
  updates.begin();
  await beginRun(page);
  await page.waitForTimeout(DRAWN_MS);
  const drawing = await first.stop();
  const meter = await startMeter(browser);
  const drawn = performance.now();
  await reportAfter(app, reports);
  const state = await endOfRun(page);
  const ended = performance.now();
  const spent = await meter.stop();
  const hostAfter = secondsOf(app.process.pid);
  if (state !== 'published') throw new Error(`The run ended: ${state}`);
  const share = (of: 'renderer' | 'gpu') =>
    100 * (spent[of] / ((ended - drawn) / 1000) - resting[of] / (REST_MS / 1000));
  return {
    seconds: (ended - began) / 1000,
    renderer: share('renderer'),
    gpu: share('gpu'),
    drawing: drawing.renderer,
    updates: updates.perSecond(),
    host: hostBefore === null || hostAfter === null ? null : hostAfter - hostBefore,
  };
}

export function tellRun(context: BenchContext, data: string, runs: readonly Watched[]): void {
  const tell = (what: string, unit: Unit, bound: number | null, pick: (run: Watched) => number | null) => {
    const values = runs.map(pick).filter((value) => value !== null);
    if (values.length > 0) context.app.push(appFigure({ what, data, unit, values, bound }));
  };
  tell('run, watched', 's', null, ({ seconds }) => seconds);
  tell('updates, most in a second', 'a second', 10, ({ updates }) => Math.max(0, ...updates));
  tell('processor time to draw the dashboard', 's', null, ({ drawing }) => drawing);
  tell('the page from then on', '% of a core', 5, ({ renderer }) => renderer);
  tell('putting its frames together', '% of a core', null, ({ gpu }) => gpu);
  tell('processor time of the host, watched', 's', null, ({ host }) => host);
}

/** The same run with no page that looks at it; processor seconds of the host. */
export async function leaveRun(page: Page, app: App): Promise<number | null> {
  const before = secondsOf(app.process.pid);
  const reports = reportsIn(app);
  await beginRun(page);
  await page.goto('about:blank');
  await reportAfter(app, reports);
  const after = secondsOf(app.process.pid);
  return before === null || after === null ? null : after - before;
}

export interface Updates {
  begin(): void;
  perSecond(): number[];
}

/** Counts what streams send to the page; to be set up before the page is opened. */
export function countUpdates(page: Page): Updates {
  let came: number[] = [];
  page.on('websocket', (socket: WebSocket) => {
    socket.on('framereceived', ({ payload }) => {
      if (String(payload).startsWith('{"kind":"item"')) came.push(performance.now());
    });
  });
  return {
    begin: () => {
      came = [];
    },
    perSecond() {
      const first = came[0] ?? 0;
      const seconds: number[] = Array(Math.ceil(((came.at(-1) ?? 0) - first) / 1000)).fill(0);
      for (const at of came)
        if (seconds.length > 0) seconds[Math.min(seconds.length - 1, Math.floor((at - first) / 1000))]!++;
      return seconds;
    },
  };
}

/** The page is not asked: to answer would cost it processor time. */
async function reportAfter(app: App, reports: number): Promise<void> {
  while (reportsIn(app) === reports) await new Promise((resolve) => setTimeout(resolve, 100));
}

function reportsIn({ home }: App): number {
  return filesBelow(home).filter((file) => file.endsWith('verification_report.json')).length;
}
