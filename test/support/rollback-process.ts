// A process that rolls a run back, to be killed in the middle of it: what to do comes on standard input.

import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { createEngine } from '../../src/engine/index.ts';

interface Order {
  readonly home: string;
  readonly worker: string;
  readonly run: string;
  readonly target: { readonly url: string; readonly password: string | null };
  readonly tables?: string[];
}

const order: Order = JSON.parse(await text(process.stdin));
const engine = createEngine({
  home: order.home,
  workerUrl: pathToFileURL(order.worker),
  version: 'test',
  environment: {},
});
const { run, target, tables } = order;
await engine.calls['run.rollback']({ run, target, keepNewer: false, tables });
