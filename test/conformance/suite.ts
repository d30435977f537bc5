// The conformance suite: what every dialect must do, on every server it speaks to.

import { describe, it } from 'vitest';
import { type ServerName, unavailable } from '../support/database.ts';
import { contestant } from './contestant.ts';
import { building } from './suite/building.ts';
import { connecting } from './suite/connecting.ts';
import { inspecting } from './suite/inspecting.ts';
import { profiling } from './suite/profiling.ts';
import { publishing } from './suite/publishing.ts';
import { reading } from './suite/reading.ts';
import { writing } from './suite/writing.ts';

const PARTS = [connecting, inspecting, profiling, reading, building, writing, publishing];

export async function conformance(server: ServerName): Promise<void> {
  const reason = unavailable(server);
  if (reason) {
    describe.skip(`conformance on ${server}`, () => it(`skipped: ${reason}`, () => {}));
    return;
  }
  const one = await contestant(server);
  describe(`conformance on ${server}`, () => {
    for (const part of PARTS) part(one);
  });
}
