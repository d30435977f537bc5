// Before a host ends: every run under way is cancelled, or left to be resumed, and waited for until it has ended.

import type { Host } from './host.ts';

const LOOK_AGAIN_MS = 100;

export async function endRuns(host: Host, how: 'cancel' | 'leave'): Promise<void> {
  const active = await host.call('run.active', {});
  // One that ended meanwhile needs no ending.
  await Promise.allSettled(active.map(({ run }) => host.call(`run.${how}`, { run })));
  while ((await host.call('run.active', {})).length > 0) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
}
