// The engine as the screens see it: calls and streams of the contract over a line that may break and is dialled again.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CallInput, CallName, CallOutput, StreamInput, StreamItem, StreamName } from '../../shared/contract.ts';
import { DroverError } from '../../shared/errors.ts';
import type { Port, ToHost, ToScreen } from '../../shared/wire.ts';

/** refused: somebody answers at the other end, and does not let this page in. */
export type LineState = 'connecting' | 'connected' | 'lost' | 'refused';

export interface Line {
  readonly state: LineState;
  /** When it was lost, milliseconds since 1970; null while it stands, or never did. */
  readonly lostAt: number | null;
}

/** What `dial` rejects with when it is refused rather than not answered. */
export class LineRefused extends Error {}

export interface EngineClient {
  /**
   * Rejects with DroverError; with `support.disconnected` when the line broke before the answer. Aborting tells the
   * engine that nobody waits any more, and rejects with the signal's reason.
   */
  call<N extends CallName>(name: N, input: CallInput<N>, signal?: AbortSignal): Promise<CallOutput<N>>;
  /** Items are asked for as they are taken, a few ahead. Leaving the loop, or aborting, leaves the stream. */
  stream<N extends StreamName>(name: N, input: StreamInput<N>, signal?: AbortSignal): AsyncIterable<StreamItem<N>>;
  readonly line: StoreApi<Line>;
}

interface Listener {
  receive(message: ToScreen): void;
  fail(error: DroverError): void;
}

const ITEMS_AHEAD = 4;
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 5000;

/** `dial` opens a new line; it rejects while there is nobody at the other end. */
export function createClient(dial: () => Promise<Port>): EngineClient {
  const line = createStore<Line>(() => ({ state: 'connecting', lostAt: null }));
  const listeners = new Map<number, Listener>();
  let port: Promise<Port> | null = null;
  let lastId = 0;

  const connect = (): Promise<Port> => {
    port ??= open();
    return port;
  };
  void connect();

  return {
    line,
    async call(name, input, signal) {
      const { post, done, send } = await begin();
      signal?.throwIfAborted();
      const { promise, resolve, reject } = Promise.withResolvers<CallOutput<typeof name>>();
      const id = post((id) => ({ kind: 'call', id, name, input }), {
        receive: (message) => {
          if (message.kind === 'answer') resolve(message.output as CallOutput<typeof name>);
          else if (message.kind === 'error') reject(DroverError.from(message.error));
        },
        fail: reject,
      });
      const leave = () => {
        if (listeners.has(id)) send({ kind: 'leave', id });
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', leave);
      try {
        return await promise;
      } finally {
        signal?.removeEventListener('abort', leave);
        done(id);
      }
    },
    async *stream(name, input, signal) {
      const { post, done, send } = await begin();
      const inbox = new Inbox<StreamItem<typeof name>>();
      const id = post((id) => ({ kind: 'open', id, name, input }), inbox);
      const stop = () => inbox.end();
      signal?.addEventListener('abort', stop, { once: true });
      send({ kind: 'more', id, items: ITEMS_AHEAD });
      try {
        for await (const item of inbox) {
          yield item;
          send({ kind: 'more', id, items: 1 });
        }
      } finally {
        signal?.removeEventListener('abort', stop);
        if (listeners.has(id)) send({ kind: 'leave', id });
        done(id);
      }
    },
  };

  async function begin() {
    const open = await connect();
    return {
      send: (message: ToHost) => open.post(message),
      done: (id: number) => listeners.delete(id),
      post: (make: (id: number) => ToHost, listener: Listener): number => {
        const id = ++lastId;
        listeners.set(id, listener);
        open.post(make(id));
        return id;
      },
    };
  }

  /** Goes on trying: a host that restarts is found again. */
  async function open(): Promise<Port> {
    for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
      try {
        const opened = await dial();
        opened.onMessage((message) => {
          const told = message as ToScreen;
          listeners.get(told.id)?.receive(told);
        });
        opened.onClose(lose);
        line.setState({ state: 'connected', lostAt: null });
        return opened;
      } catch (thrown) {
        line.setState({ state: thrown instanceof LineRefused ? 'refused' : 'lost' });
        await new Promise((resolve) => setTimeout(resolve, wait));
      }
    }
  }

  function lose(): void {
    port = null;
    line.setState({ state: 'lost', lostAt: Date.now() });
    const left = [...listeners.values()];
    listeners.clear();
    for (const listener of left) listener.fail(disconnected());
    void connect();
  }
}

function disconnected(): DroverError {
  return new DroverError('support.disconnected', 'The connection to the engine was lost before it answered.', {
    hint: 'Drover connects again by itself; then do it once more.',
  });
}

/** Items that have arrived and wait to be taken. */
class Inbox<T> implements Listener, AsyncIterable<T> {
  readonly #items: T[] = [];
  #ended = false;
  #error: DroverError | null = null;
  #wake: (() => void) | null = null;

  receive(message: ToScreen): void {
    if (message.kind === 'item') this.#items.push(message.item as T);
    else if (message.kind === 'error') this.#error = DroverError.from(message.error);
    else if (message.kind === 'end') this.#ended = true;
    this.#wake?.();
  }

  fail(error: DroverError): void {
    this.#error = error;
    this.#wake?.();
  }

  end(): void {
    this.#ended = true;
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncIterator<T> {
    for (;;) {
      while (this.#items.length > 0) yield this.#items.shift()!;
      if (this.#error) throw this.#error;
      if (this.#ended) return;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
