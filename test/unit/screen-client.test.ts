// The screens' end of the line: answers, errors, streams with credit, and a line that is cut and dialled again.

import { describe, expect, it, vi } from 'vitest';
import { createClient, LineRefused } from '../../src/renderer/client/client.ts';
import { DroverError } from '../../src/shared/errors.ts';
import type { Port, ToHost, ToScreen } from '../../src/shared/wire.ts';

/** A busy machine takes its time. */
const PATIENCE = { timeout: 10_000 };

/** The other end of a line, held by the test. */
interface OtherEnd {
  readonly port: Port;
  readonly received: ToHost[];
  tell(message: ToScreen): void;
  cut(): void;
}

function line(): OtherEnd {
  const received: ToHost[] = [];
  let listener: (message: unknown) => void = () => undefined;
  let closed: () => void = () => undefined;
  return {
    received,
    tell: (message) => listener(message),
    cut: () => closed(),
    port: {
      post: (message) => received.push(message as ToHost),
      onMessage: (each) => {
        listener = each;
      },
      onClose: (each) => {
        closed = each;
      },
      close: () => closed(),
    },
  };
}

async function first(end: OtherEnd, kind: ToHost['kind']): Promise<ToHost> {
  await vi.waitFor(() => expect(end.received.some((message) => message.kind === kind)).toBe(true), PATIENCE);
  return end.received.find((message) => message.kind === kind)!;
}

describe('a call', () => {
  it('resolves with its own answer, however the answers come', async () => {
    const end = line();
    const client = createClient(async () => end.port);
    const one = client.call('connect.parse', { url: 'sqlite:a' });
    const two = client.call('runs', {});
    await vi.waitFor(() => expect(end.received).toHaveLength(2), PATIENCE);
    const [a, b] = end.received;
    end.tell({ kind: 'answer', id: b!.id, output: [] });
    end.tell({ kind: 'answer', id: a!.id, output: { url: 'sqlite:a' } });
    expect(await two).toEqual([]);
    expect(await one).toEqual({ url: 'sqlite:a' });
  });

  it('that is given up tells the host, rejects, and minds no late answer', async () => {
    const end = line();
    const client = createClient(async () => end.port);
    const call = new AbortController();
    const asked = client.call('runs', {}, call.signal);
    const { id } = await first(end, 'call');
    call.abort();
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
    expect(end.received.at(-1)).toEqual({ kind: 'leave', id });
    end.tell({ kind: 'answer', id, output: [] });
    await expect(client.call('runs', {}, call.signal)).rejects.toMatchObject({ name: 'AbortError' });
    expect(end.received).toHaveLength(2);
  });

  it('rejects with the error that the host told', async () => {
    const end = line();
    const client = createClient(async () => end.port);
    const asked = client.call('runs', {});
    const { id } = await first(end, 'call');
    const error = new DroverError('connect.unreachable', 'Nobody there.', { hint: 'Start it.' }).data;
    end.tell({ kind: 'error', id, error });
    await expect(asked).rejects.toMatchObject({ data: error });
  });

  it('rejects when the line is cut before the answer, and the next one goes over a new line', async () => {
    const ends = [line(), line()];
    let dialled = 0;
    const client = createClient(async () => ends[dialled++]!.port);
    const asked = client.call('runs', {});
    await first(ends[0]!, 'call');
    ends[0]!.cut();
    await expect(asked).rejects.toMatchObject({ code: 'support.disconnected' });
    const again = client.call('runs', {});
    const { id } = await first(ends[1]!, 'call');
    ends[1]!.tell({ kind: 'answer', id, output: [] });
    expect(await again).toEqual([]);
  });
});

describe('the line', () => {
  it('says connecting, connected, lost, and connected again', async () => {
    const ends = [line(), line()];
    let dialled = 0;
    const states: string[] = [];
    const client = createClient(async () => ends[dialled++]!.port);
    states.push(client.line.getState().state);
    client.line.subscribe(({ state }) => states.push(state));
    await vi.waitFor(() => expect(states).toContain('connected'), PATIENCE);
    ends[0]!.cut();
    await vi.waitFor(() => expect(states).toEqual(['connecting', 'connected', 'lost', 'connected']), PATIENCE);
  });

  it('goes on dialling while nobody answers', async () => {
    const end = line();
    let tries = 0;
    const client = createClient(async () => {
      tries++;
      if (tries < 3) throw new Error('refused');
      return end.port;
    });
    const asked = client.call('runs', {});
    const { id } = await first(end, 'call');
    end.tell({ kind: 'answer', id, output: [] });
    expect(await asked).toEqual([]);
    expect(tries).toBe(3);
  });
});

describe('a stream', () => {
  it('asks for more only as items are taken, and leaves when the reader does', async () => {
    const end = line();
    const client = createClient(async () => end.port);
    const items = client.stream('run.watch', { run: 'r', after: 0 })[Symbol.asyncIterator]();
    const taking = items.next();
    const { id } = await first(end, 'open');
    const credit = () => end.received.flatMap((message) => (message.kind === 'more' ? [message.items] : []));
    const ahead = credit().reduce((sum, each) => sum + each, 0);
    end.tell({ kind: 'item', id, item: { seq: 1, events: [] } });
    expect((await taking).value).toEqual({ seq: 1, events: [] });
    expect(credit().reduce((sum, each) => sum + each, 0)).toBe(ahead);
    const second = items.next();
    end.tell({ kind: 'item', id, item: { seq: 2, events: [] } });
    await second;
    expect(credit().reduce((sum, each) => sum + each, 0)).toBe(ahead + 1);
    await items.return?.();
    expect(end.received.at(-1)).toEqual({ kind: 'leave', id });
  });

  it('ends, and gives what came before the end', async () => {
    const end = line();
    const client = createClient(async () => end.port);
    const seen: number[] = [];
    const reading = (async () => {
      for await (const { seq } of client.stream('run.watch', { run: 'r', after: 0 })) seen.push(seq);
    })();
    const { id } = await first(end, 'open');
    end.tell({ kind: 'item', id, item: { seq: 1, events: [] } });
    end.tell({ kind: 'item', id, item: { seq: 2, events: [] } });
    end.tell({ kind: 'end', id });
    await reading;
    expect(seen).toEqual([1, 2]);
  });

  it('throws when the line is cut, so that its reader can go on where it was', async () => {
    const end = line();
    const client = createClient(async () => end.port);
    const reading = (async () => {
      for await (const _ of client.stream('run.watch', { run: 'r', after: 0 }));
    })();
    await first(end, 'open');
    end.cut();
    await expect(reading).rejects.toMatchObject({ code: 'support.disconnected' });
  });
});

describe('the line', () => {
  it('tells since when it is lost, and that it is refused rather than not answered', async () => {
    const end = line();
    const answers = [() => Promise.resolve(end.port), () => Promise.reject(new LineRefused('the key'))];
    const client = createClient(() => (answers.shift() ?? (() => new Promise<Port>(() => undefined)))());
    await vi.waitFor(() => expect(client.line.getState()).toEqual({ state: 'connected', lostAt: null }), PATIENCE);
    const before = Date.now();
    end.cut();
    await vi.waitFor(() => expect(client.line.getState().state).toBe('refused'), PATIENCE);
    expect(client.line.getState().lostAt).toBeGreaterThanOrEqual(before);
  });
});
