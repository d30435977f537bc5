// A process that migrates, to be killed in the middle of publishing: what to do comes on standard input.

import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { createEngine } from '../../src/engine/index.ts';
import type { Project } from '../../src/shared/model/mapping.ts';

interface Side {
  readonly url: string;
  readonly password: string | null;
}

interface Order {
  readonly home: string;
  readonly worker: string;
  readonly source: Side;
  readonly target: Side;
  readonly project: Project;
}

const { home, worker, ...migration }: Order = JSON.parse(await text(process.stdin));
const engine = createEngine({ home, workerUrl: pathToFileURL(worker), version: 'test', environment: {} });
const events = engine.streams.run({ ...migration, options: {} }, new AbortController().signal);
for await (const event of events) void event;
