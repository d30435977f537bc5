// Processor seconds of the browser's processes and of the host.

import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';

export interface Spent {
  /** Of all pages; only one has anything to do. */
  readonly renderer: number;
  /** Where frames are put together; a real graphics processor would take this over. */
  readonly gpu: number;
}

export interface Meter {
  /** Since `start`, in seconds. */
  stop(): Promise<Spent>;
}

export async function startMeter(browser: Browser): Promise<Meter> {
  const session = await browser.newBrowserCDPSession();
  const read = async () => {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    return new Map(processInfo.map(({ id, type, cpuTime }) => [id, { type, cpuTime }]));
  };
  const before = await read();
  return {
    async stop() {
      const after = await read();
      await session.detach();
      const spent = (wanted: string) =>
        [...after].reduce(
          (sum, [id, { type, cpuTime }]) =>
            type.toLowerCase() === wanted ? sum + cpuTime - (before.get(id)?.cpuTime ?? 0) : sum,
          0,
        );
      return { renderer: spent('renderer'), gpu: spent('gpu') };
    },
  };
}

const TICKS_PER_SECOND = 100;

/** Processor seconds of a process so far; null where there is no /proc. */
export function secondsOf(pid: number | undefined): number | null {
  try {
    // The name, in parentheses, may hold blanks: count from behind it.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
    return (Number(stat[11]) + Number(stat[12])) / TICKS_PER_SECOND;
  } catch {
    return null;
  }
}
