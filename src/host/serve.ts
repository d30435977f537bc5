// Serving one screen over a line: its calls and streams. What is malformed is answered or dropped; nothing crashes the host.

import {
  type CallInput,
  type CallName,
  calls,
  type StreamInput,
  type StreamName,
  streams,
} from '../shared/contract.ts';
import { DroverError, type DroverErrorData } from '../shared/errors.ts';
import { type Port, type ToScreen, toHost } from '../shared/wire.ts';
import { Credit } from './credit.ts';
import type { Host } from './host.ts';

interface Opened {
  readonly credit: Credit;
  readonly controller: AbortController;
}

/** Resolves when the line is closed and everything that was begun over it has come to its end. */
export function serveHost(host: Host, port: Port): Promise<void> {
  const opened = new Map<number, Opened>();
  const asked = new Map<number, AbortController>();
  const underway = new Set<Promise<void>>();
  const { promise: closed, resolve: close } = Promise.withResolvers<void>();

  port.onMessage((received) => {
    const parsed = toHost.safeParse(received);
    if (!parsed.success) return refuse(received);
    const message = parsed.data;
    switch (message.kind) {
      case 'call':
        return track(answer(message.id, message.name, message.input));
      case 'open':
        return open(message.id, message.name, message.input);
      case 'more':
        return opened.get(message.id)?.credit.add(message.items);
      case 'leave':
        return leave(message.id);
    }
  });
  port.onClose(() => {
    for (const id of [...opened.keys(), ...asked.keys()]) leave(id);
    close();
  });
  return closed.then(async () => {
    while (underway.size > 0) await Promise.allSettled(underway);
  });

  async function answer(id: number, name: string, input: unknown): Promise<void> {
    const call = new AbortController();
    asked.set(id, call);
    const message = await answerTo(id, name, input, call.signal);
    if (!call.signal.aborted) tell(message);
    if (asked.get(id) === call) asked.delete(id);
  }

  async function answerTo(id: number, name: string, input: unknown, signal: AbortSignal): Promise<ToScreen> {
    try {
      if (!isCall(name)) throw unknownRequest(name);
      return { kind: 'answer', id, output: await host.call(name, input as CallInput<typeof name>, signal) };
    } catch (error) {
      return { kind: 'error', id, error: errorData(error) };
    }
  }

  function open(id: number, name: string, input: unknown): void {
    // A screen that opens an id twice has lost the first.
    leave(id);
    if (isStream(name)) track(follow(id, name, input));
    else tell({ kind: 'error', id, error: unknownRequest(name).data });
  }

  async function follow(id: number, name: StreamName, input: unknown): Promise<void> {
    const stream: Opened = { credit: new Credit(), controller: new AbortController() };
    opened.set(id, stream);
    // Whoever has left is told nothing more.
    const tellHere = (message: ToScreen) => opened.get(id) === stream && tell(message);
    try {
      const items = host.stream(name, input as StreamInput<typeof name>, stream.controller.signal);
      await pump(items, stream, (item) => tellHere({ kind: 'item', id, item }));
      tellHere({ kind: 'end', id });
    } catch (error) {
      tellHere({ kind: 'error', id, error: errorData(error) });
    }
    if (opened.get(id) === stream) opened.delete(id);
  }

  function leave(id: number): void {
    asked.get(id)?.abort();
    asked.delete(id);
    const stream = opened.get(id);
    opened.delete(id);
    stream?.controller.abort();
    stream?.credit.end();
  }

  function refuse(received: unknown): void {
    const id = idOf(received);
    if (id !== null) tell({ kind: 'error', id, error: usage('The message is not as it should be.').data });
  }

  function track(work: Promise<unknown>): void {
    const tracked = work.then(
      () => undefined,
      () => undefined,
    );
    underway.add(tracked);
    void tracked.then(() => underway.delete(tracked));
  }

  function tell(message: ToScreen): void {
    port.post(message);
  }
}

/** Takes an item only when the screen asked for one. Whoever left is not waited for: the work is let come to its end. */
async function pump(items: AsyncIterable<unknown>, { credit, controller }: Opened, pass: (item: unknown) => void) {
  const { signal } = controller;
  const iterator = items[Symbol.asyncIterator]();
  for (let begun = false; ; begun = true) {
    if (!signal.aborted) await credit.take();
    if (signal.aborted && !begun) return;
    const next = await iterator.next();
    if (next.done) return;
    if (!signal.aborted) pass(next.value);
  }
}

function isCall(name: string): name is CallName {
  return Object.hasOwn(calls, name);
}

function isStream(name: string): name is StreamName {
  return Object.hasOwn(streams, name);
}

function idOf(received: unknown): number | null {
  if (typeof received !== 'object' || received === null || !('id' in received)) return null;
  return typeof received.id === 'number' && Number.isSafeInteger(received.id) ? received.id : null;
}

function unknownRequest(name: string): DroverError {
  return usage(`The request ${name.slice(0, 80)} is not known.`);
}

function usage(message: string): DroverError {
  return new DroverError('support.usage', message, { hint: 'Load the page again: it may be older than the host.' });
}

function errorData(error: unknown): DroverErrorData {
  if (error instanceof DroverError) return error.data;
  return new DroverError('support.internal', 'Something failed that Drover did not foresee.', {
    cause: error instanceof Error ? error.message : String(error),
  }).data;
}
