// The engine within this process, as a host opens it: hundreds of verifications need not start a process each.

import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { noKeychain } from '../../../src/host/desk/secrets.ts';
import type { Host } from '../../../src/host/host.ts';
import { openHost } from '../../../src/host/open.ts';
import type { Endpoint } from '../../../src/shared/contract.ts';
import type { DroverErrorData } from '../../../src/shared/errors.ts';
import type { Project } from '../../../src/shared/model/mapping.ts';
import type { Plan } from '../../../src/shared/model/plan.ts';
import { program } from '../../support/program.ts';

export interface Endpoints {
  readonly source: Endpoint;
  readonly target: Endpoint;
}

export function engineIn(scratch: string): Host {
  return openHost({
    home: mkdtempSync(join(scratch, 'home-')),
    workerUrl: pathToFileURL(program('worker')),
    sampleUrl: pathToFileURL(program('sample')),
    keychain: noKeychain('Tests keep no secrets.'),
    version: 'test',
    environment: {},
  });
}

/** Throws where it is not published and verified. */
export async function migrated(
  host: Host,
  pair: Endpoints,
): Promise<{ readonly project: Project; readonly plan: Plan }> {
  const project = await host.call('map', { ...pair, name: 'mutations' });
  const plan = await host.call('plan', { ...pair, project });
  const errors: DroverErrorData[] = [];
  for await (const event of host.stream('run', { ...pair, project, options: {} }, new AbortController().signal)) {
    if (event.kind === 'error') errors.push(event.error);
    if (event.kind === 'finished' && event.verdict === 'verified') return { project, plan };
  }
  throw new Error(`It was not migrated: ${JSON.stringify(errors)}`);
}
