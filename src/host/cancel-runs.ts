// Before a host ends: every run under way is cancelled, and waited for until it is rolled back.

import type { Host } from './host.ts';

const LOOK_AGAIN_MS = 100;

export async function cancelRuns(host: Host): Promise<void> {
  const active = await host.call('run.active', {});
  // One that ended meanwhile needs no cancelling.
  await Promise.allSettled(active.map(({ run }) => host.call('run.cancel', { run })));
  while ((await host.call('run.active', {})).length > 0) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
}
