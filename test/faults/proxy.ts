// A TCP proxy between Drover and a server: passes everything on until a rule says that now something happens.

import { connect, createServer, type Socket } from 'node:net';

/** before: not passed on. sent: passed on, its answer not awaited. answered: the server has answered, Drover has not heard. */
export const moments = ['before', 'sent', 'answered'] as const;
export type Moment = (typeof moments)[number];

export interface Rule {
  /** A statement as it is written on the wire. */
  readonly statement: RegExp;
  /** Counted from 1 over all connections. */
  readonly nth: number;
  readonly moment: Moment;
  /** `pass` hands on what was held back: the statement before it is sent, or its answer. */
  readonly act: (cut: () => void, pass: () => void) => void;
}

export interface Relay {
  readonly port: number;
  /** Replaces the rule; null passes everything on. */
  rule(rule: Rule | null): void;
  /** Statements seen since the last call, one text for each piece that came. */
  seen(): readonly string[];
  /** All connections at once, by a reset. */
  cutAll(): void;
  /** Holds everything back in both directions until `resume`. */
  stall(): void;
  resume(): void;
  close(): Promise<void>;
}

/** As much of a piece as is searched: what is longer is rows. */
const SEARCHED_BYTES = 2048;

export async function openRelay(to: number): Promise<Relay> {
  const lines = new Set<Line>();
  let rule: Rule | null = null;
  let met = 0;
  let stalled = false;
  let seen: string[] = [];

  const server = createServer((client) => {
    const line = openLine(client, connect(to, '127.0.0.1'), (text) => {
      seen.push(text);
      if (!rule?.statement.test(text) || ++met !== rule.nth) return null;
      return rule;
    });
    lines.add(line);
    if (stalled) line.pause();
    void line.closed.then(() => lines.delete(line));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    rule(next) {
      rule = next;
      met = 0;
      seen = [];
    },
    seen() {
      const texts = seen;
      seen = [];
      return texts;
    },
    cutAll() {
      for (const line of lines) line.cut();
    },
    stall() {
      stalled = true;
      for (const line of lines) line.pause();
    },
    resume() {
      stalled = false;
      for (const line of lines) line.resume();
    },
    async close() {
      for (const line of lines) line.cut();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

interface Line {
  readonly closed: Promise<void>;
  cut(): void;
  pause(): void;
  resume(): void;
}

function openLine(client: Socket, server: Socket, ruleFor: (text: string) => Rule | null): Line {
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  let awaited: Rule | null = null;
  const cut = (): void => {
    client.resetAndDestroy();
    server.resetAndDestroy();
  };
  for (const socket of [client, server]) {
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
  }
  client.on('data', (piece: Buffer) => {
    const rule = ruleFor(piece.toString('latin1', 0, SEARCHED_BYTES));
    switch (rule?.moment) {
      case undefined:
        pass(piece, client, server);
        return;
      case 'before':
        rule!.act(cut, () => pass(piece, client, server));
        return;
      case 'sent':
        server.write(piece, () => rule!.act(cut, () => undefined));
        return;
      case 'answered':
        awaited = rule!;
        server.write(piece);
    }
  });
  server.on('data', (piece: Buffer) => {
    if (!awaited) {
      pass(piece, server, client);
      return;
    }
    awaited.act(cut, () => {
      awaited = null;
      pass(piece, server, client);
    });
  });
  client.on('close', () => server.destroy());
  server.on('close', () => {
    client.destroy();
    resolve();
  });
  return {
    closed,
    cut,
    pause() {
      client.pause();
      server.pause();
    },
    resume() {
      client.resume();
      server.resume();
    },
  };
}

function pass(piece: Buffer, from: Socket, to: Socket): void {
  if (to.write(piece)) return;
  from.pause();
  to.once('drain', () => from.resume());
}
