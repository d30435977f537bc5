// The door of the host: what is let in, and what stays outside.

import { expect, test } from 'vitest';
import type { Engine } from '../../src/engine/index.ts';
import type { DeskHandlers } from '../../src/host/desk/handlers.ts';
import { createHost } from '../../src/host/host.ts';
import type { Project } from '../../src/shared/model/mapping.ts';

const endpoint = { url: 'postgres://me@db:5432/shop?schema=public', password: 'canary' };
const project: Project = {
  drover: 1,
  name: 'by hand',
  source: { url: 'postgres://me:canary@db/shop', fingerprint: '' },
  target: { url: 'sqlite:/data/b.db', fingerprint: '' },
  naming: 'keep',
  tables: [],
};

test('a password in the URL of a project stays outside: the endpoint beside it has its own', async () => {
  const seen: unknown[] = [];
  const plan = async (input: unknown) => seen.push(input);
  async function* run(input: unknown) {
    seen.push(input);
    yield* [];
  }
  const engine = { calls: { plan }, streams: { run } } as unknown as Engine;
  const host = createHost(engine, {} as DeskHandlers);
  const saved = { project, source: endpoint, target: endpoint };
  await host.call('plan', saved);
  for await (const _ of host.stream('run', { ...saved, options: {} }, new AbortController().signal));
  for (const input of seen) {
    expect(input).toMatchObject({
      project: { source: { url: endpoint.url }, target: project.target },
      source: endpoint,
    });
  }
  expect(seen).toHaveLength(2);
});
