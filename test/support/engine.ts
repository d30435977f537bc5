// The engine as a host would open it, in a data folder of its own, for tests.

import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inject } from 'vitest';
import { noKeychain } from '../../src/host/desk/secrets.ts';
import type { Host } from '../../src/host/host.ts';
import { openHost as openWhole } from '../../src/host/open.ts';
import type { Consent, Endpoint, RunOptions } from '../../src/shared/contract.ts';
import type { DroverErrorData } from '../../src/shared/errors.ts';
import type { Project, TableMode } from '../../src/shared/model/mapping.ts';
import type { Plan } from '../../src/shared/model/plan.ts';
import type { RunEvent } from '../../src/shared/model/run.ts';
import type { TestDatabase } from './database.ts';
import { program } from './program.ts';

export interface TestHost extends Host {
  readonly home: string;
  close(): void;
}

export function openHost(): TestHost {
  const home = mkdtempSync(join(inject('scratch'), 'home-'));
  const host = openWhole({
    home,
    workerUrl: pathToFileURL(program('worker')),
    sampleUrl: pathToFileURL(program('sample')),
    keychain: noKeychain('Tests keep no secrets.'),
    version: 'test',
    environment: {},
  });
  return { ...host, home, close: () => rmSync(home, { recursive: true, force: true }) };
}

export function endpointOf(database: TestDatabase): Endpoint {
  return { url: database.url, password: database.password };
}

export interface Migration {
  readonly project: Project;
  readonly plan: Plan;
  /** Absent when the plan was blocked. */
  readonly finished: Extract<RunEvent, { kind: 'finished' }> | null;
  readonly errors: readonly DroverErrorData[];
  readonly logs: readonly string[];
}

export interface MigrationOptions {
  readonly tables?: readonly string[];
  readonly mode?: TableMode;
  readonly edit?: (project: Project) => Project;
  readonly options?: RunOptions;
  readonly consent?: Consent;
}

/** Maps, plans, and runs unless a blocker forbids it. */
export async function migrate(
  host: Host,
  from: TestDatabase,
  to: TestDatabase,
  { tables, mode, edit = (project) => project, options = {}, consent }: MigrationOptions = {},
): Promise<Migration> {
  const pair = { source: endpointOf(from), target: endpointOf(to) };
  const mapped = await host.call('map', {
    ...pair,
    name: 'test',
    ...(tables ? { tables: [...tables] } : {}),
    ...(mode ? { mode } : {}),
  });
  const project = edit(mapped);
  const plan = await host.call('plan', { ...pair, project });
  const errors: DroverErrorData[] = [];
  const logs: string[] = [];
  if (plan.findings.some((finding) => finding.severity === 'blocker')) {
    return { project, plan, finished: null, errors, logs };
  }
  let finished: Migration['finished'] = null;
  const events = host.stream('run', { ...pair, project, options, consent }, new AbortController().signal);
  for await (const event of events) {
    if (event.kind === 'error') errors.push(event.error);
    if (event.kind === 'log') logs.push(event.message);
    if (event.kind === 'finished') finished = event;
  }
  return { project, plan, finished, errors, logs };
}
