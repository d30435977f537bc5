// The wire: calls, streams with credit, leaving, closing, and what is malformed.

import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Host } from '../../src/host/host.ts';
import { serveHost } from '../../src/host/serve.ts';
import { DroverError } from '../../src/shared/errors.ts';
import type { Port, ToScreen } from '../../src/shared/wire.ts';

/** A stream whose items, end and signal the test can see. */
class Source {
  pulled = 0;
  signal: AbortSignal | null = null;
  ended = false;
  readonly #count: number;

  constructor(count: number) {
    this.#count = count;
  }

  async *items(signal: AbortSignal): AsyncGenerator<unknown> {
    this.signal = signal;
    try {
      for (; this.pulled < this.#count && !signal.aborted; ) yield { seq: ++this.pulled, events: [] };
      // As a run that is cancelled rolls back before its stream ends.
      await turn();
    } finally {
      this.ended = true;
    }
  }
}

function line(
  source = new Source(0),
  call: (name: string, input: unknown, signal?: AbortSignal) => Promise<unknown> = async () => ({}),
) {
  const told: ToScreen[] = [];
  let hear: (message: unknown) => void = () => undefined;
  let hangUp: () => void = () => undefined;
  const port: Port = {
    post: (message) => told.push(message as ToScreen),
    onMessage: (listener) => {
      hear = listener;
    },
    onClose: (listener) => {
      hangUp = listener;
    },
    close: () => undefined,
  };
  const host = { call, stream: (_name: string, _input: unknown, signal: AbortSignal) => source.items(signal) };
  const closed = serveHost(host as unknown as Host, port);
  return {
    told,
    closed,
    say: (message: unknown) => hear(message),
    hangUp: () => hangUp(),
    settle: async () => {
      for (let i = 0; i < 20; i++) await turn();
    },
  };
}

describe('calls', () => {
  test('that are left are told so, and answered no more', async () => {
    let signal: AbortSignal | undefined;
    const answer = Promise.withResolvers<unknown>();
    const { say, told, settle } = line(undefined, (_name, _input, given) => {
      signal = given;
      return answer.promise;
    });
    say({ kind: 'call', id: 3, name: 'runs', input: {} });
    await settle();
    expect(signal?.aborted).toBe(false);
    say({ kind: 'leave', id: 3 });
    expect(signal?.aborted).toBe(true);
    answer.resolve([]);
    await settle();
    expect(told).toEqual([]);
  });

  test('under way when the line is closed are told so', async () => {
    let signal: AbortSignal | undefined;
    const { say, hangUp, closed, settle } = line(undefined, async (_name, _input, given) => {
      signal = given;
    });
    say({ kind: 'call', id: 3, name: 'runs', input: {} });
    hangUp();
    await settle();
    await closed;
    expect(signal?.aborted).toBe(true);
  });

  test('are answered under their own number', async () => {
    const { say, told, settle } = line(undefined, async (name, input) => ({ name, input }));
    say({ kind: 'call', id: 7, name: 'runs', input: { a: 1 } });
    await settle();
    expect(told).toEqual([{ kind: 'answer', id: 7, output: { name: 'runs', input: { a: 1 } } }]);
  });

  test('that fail are answered with the error as data', async () => {
    const { say, told, settle } = line(undefined, () =>
      Promise.reject(new DroverError('connect.timeout', 'Nobody answers.', { hint: 'Wait.' })),
    );
    say({ kind: 'call', id: 1, name: 'runs', input: {} });
    await settle();
    expect(told).toEqual([
      {
        kind: 'error',
        id: 1,
        error: { code: 'connect.timeout', message: 'Nobody answers.', cause: null, hint: 'Wait.', where: {} },
      },
    ]);
  });

  test.each(['no such call', 'constructor', '__proto__', 'toString', 'run.watch'])(
    'named %s are refused',
    async (name) => {
      const { say, told, settle } = line(undefined, () => {
        throw new Error('must not be reached');
      });
      say({ kind: 'call', id: 1, name, input: {} });
      await settle();
      expect(told).toMatchObject([{ kind: 'error', id: 1, error: { code: 'support.usage' } }]);
    },
  );
});

describe('malformed messages', () => {
  test.each([null, undefined, 1, 'text', [], {}, { kind: 'call' }, { id: 'x' }, { kind: 'more', items: 1 }])(
    '%j without a number is dropped',
    async (message) => {
      const { say, told, settle } = line();
      say(message);
      await settle();
      expect(told).toEqual([]);
    },
  );

  test.each([
    { id: 3 },
    { kind: 'dance', id: 3 },
    { kind: 'call', id: 3 },
    { kind: 'more', id: 3, items: 0 },
    { kind: 'more', id: 3, items: 'all' },
    { kind: 'open', id: 3, name: 5 },
  ])('%j is answered as misuse', async (message) => {
    const { say, told, settle } = line();
    say(message);
    await settle();
    expect(told).toMatchObject([{ kind: 'error', id: 3, error: { code: 'support.usage' } }]);
  });

  test('do not disturb what comes after them', async () => {
    const { say, told, settle } = line(undefined, async () => 'fine');
    say({ kind: 'leave', id: 99 });
    say({ kind: 'more', id: 99, items: 5 });
    say(null);
    say({ kind: 'call', id: 1, name: 'runs', input: {} });
    await settle();
    expect(told).toEqual([{ kind: 'answer', id: 1, output: 'fine' }]);
  });
});

const watch = { kind: 'open', id: 1, name: 'run.watch', input: { run: 'r', after: 0 } } as const;

describe('streams', () => {
  test('give nothing, and begin nothing, before the screen asks', async () => {
    const source = new Source(5);
    const { say, told, settle } = line(source);
    say(watch);
    await settle();
    expect(source.pulled).toBe(0);
    expect(told).toEqual([]);
  });

  test('take as many items from the engine as the screen asked for, and no more', async () => {
    const source = new Source(100);
    const { say, told, settle } = line(source);
    say(watch);
    say({ kind: 'more', id: 1, items: 3 });
    await settle();
    expect(source.pulled).toBe(3);
    expect(told).toHaveLength(3);
    say({ kind: 'more', id: 1, items: 1 });
    say({ kind: 'more', id: 1, items: 1 });
    await settle();
    expect(source.pulled).toBe(5);
    expect(told.at(-1)).toEqual({ kind: 'item', id: 1, item: { seq: 5, events: [] } });
  });

  test('end with their last item', async () => {
    const { say, told, settle } = line(new Source(2));
    say(watch);
    say({ kind: 'more', id: 1, items: 9 });
    await settle();
    expect(told.map(({ kind }) => kind)).toEqual(['item', 'item', 'end']);
  });

  test('that are left are aborted, tidy up, and say nothing more', async () => {
    const source = new Source(1000);
    const { say, told, settle } = line(source);
    say(watch);
    say({ kind: 'more', id: 1, items: 2 });
    await settle();
    say({ kind: 'leave', id: 1 });
    await settle();
    expect(source.signal?.aborted).toBe(true);
    expect(source.ended).toBe(true);
    expect(told.map(({ kind }) => kind)).toEqual(['item', 'item']);
  });

  test('that are opened again under the same number replace the first', async () => {
    const source = new Source(1000);
    const { say, settle } = line(source);
    say(watch);
    say({ kind: 'more', id: 1, items: 1 });
    await settle();
    const first = source.signal;
    say(watch);
    await settle();
    expect(first?.aborted).toBe(true);
  });

  test('of no known name are refused', async () => {
    const { say, told, settle } = line();
    say({ ...watch, name: 'valueOf' });
    await settle();
    expect(told).toMatchObject([{ kind: 'error', id: 1, error: { code: 'support.usage' } }]);
  });
});

describe('a closed line', () => {
  test('aborts every stream, and is done when they have come to their end', async () => {
    const source = new Source(1000);
    const { say, hangUp, closed, settle } = line(source);
    say(watch);
    say({ kind: 'more', id: 1, items: 1 });
    await settle();
    hangUp();
    await closed;
    expect(source.signal?.aborted).toBe(true);
    expect(source.ended).toBe(true);
  });

  test('waits for a call that is being answered', async () => {
    const { promise, resolve } = Promise.withResolvers<unknown>();
    const { say, hangUp, closed, settle } = line(undefined, () => promise);
    say({ kind: 'call', id: 1, name: 'runs', input: {} });
    let done = false;
    void closed.then(() => {
      done = true;
    });
    hangUp();
    await settle();
    expect(done).toBe(false);
    resolve({});
    await closed;
  });
});
