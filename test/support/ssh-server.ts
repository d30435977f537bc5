// An SSH server inside the test, which leads on to real servers under names that only it knows; and an agent.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ssh2, { type Connection, type ParsedKey } from 'ssh2';
import { inject } from 'vitest';

export interface SshServer {
  readonly port: number;
  readonly user: string;
  /** Files with a private key: one that is let in, the same under a passphrase, and one that is not let in. */
  readonly key: string;
  readonly lockedKey: string;
  readonly passphrase: string;
  readonly strangersKey: string;
  /** A home folder whose known_hosts knows this server. */
  readonly home: string;
  /** The server's public key, as known_hosts has it. */
  readonly hostKey: string;
  /** How often somebody logged in, and how many channels were opened. */
  readonly seen: { logins: number; channels: number };
  /** Ends every session, as a network does. */
  hangUp(): void;
  close(): Promise<void>;
}

/** Where the server leads, by the address it is asked for; null where it leads nowhere at all. */
export type Routes = Readonly<Record<string, { readonly host: string; readonly port: number }>> | null;

export async function startSshServer(routes: Routes): Promise<SshServer> {
  const folder = mkdtempSync(join(inject('scratch'), 'ssh-'));
  const host = newKey();
  const friend = newKey();
  const passphrase = 'canary-phrase-8Wq';
  const locked = newKey({ passphrase, cipher: 'aes256-ctr', rounds: 4 });
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text, { mode: 0o600 });
    return join(folder, name);
  };
  const allowed = [friend.public, locked.public].map((text) => parsed(text));
  const seen = { logins: 0, channels: 0 };
  const sockets = new Set<Socket>();
  const server = new ssh2.Server({ hostKeys: [host.private] }, (client) => {
    admit(client, allowed);
    client.on('error', () => undefined);
    client.on('ready', () => {
      seen.logins++;
      if (routes) lead(client, routes, seen);
    });
  });
  const front = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    server.injectSocket(socket);
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  front.listen(0, '127.0.0.1', resolve);
  await promise;
  const address = front.address();
  const port = address && typeof address === 'object' ? address.port : 0;
  const home = homeKnowing(folder, `[127.0.0.1]:${port} ${host.public}\n`);
  return {
    port,
    user: 'ann',
    key: file('friend', friend.private),
    lockedKey: file('locked', locked.private),
    passphrase,
    strangersKey: file('stranger', newKey().private),
    home,
    hostKey: host.public,
    seen,
    hangUp() {
      for (const socket of sockets) socket.destroy();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => front.close(done));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * A new pair of keys. ssh2 cuts zero bytes off the beginning of an ed25519 key it makes, and then can't read
 * one in 256 of them: such a pair is thrown away.
 */
export function newKey(lock: { passphrase: string; cipher: string; rounds: number } | object = {}): {
  private: string;
  public: string;
} {
  for (;;) {
    const pair = ssh2.utils.generateKeyPairSync('ed25519', lock);
    if (!(ssh2.utils.parseKey(pair.public) instanceof Error)) return pair;
  }
}

/** A home folder with this known_hosts. */
export function homeKnowing(folder: string, text: string): string {
  const home = mkdtempSync(join(folder, 'home-'));
  mkdirSync(join(home, '.ssh'));
  writeFileSync(join(home, '.ssh', 'known_hosts'), text);
  return home;
}

/** An agent that holds one key; answers at the path it returns. */
export async function startAgent(keyFile: string): Promise<{ readonly path: string; close(): Promise<void> }> {
  const key = parsed(readFileSync(keyFile, 'utf8'));
  const folder = mkdtempSync(join(tmpdir(), 'drover-test-agent-'));
  const path = join(folder, 'agent');
  const server = createServer((socket) => {
    const agent = new ssh2.AgentProtocol(false);
    agent.on('identities', (request) => agent.getIdentitiesReply(request, [key]));
    agent.on('sign', (request, _key, data) => agent.signReply(request, signature(key, data)));
    socket.pipe(agent).pipe(socket);
  });
  await new Promise<void>((listening) => server.listen(path, listening));
  return {
    path,
    async close() {
      await new Promise((done) => server.close(done));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function admit(client: Connection, allowed: readonly ParsedKey[]): void {
  client.on('authentication', (context) => {
    if (context.method !== 'publickey') return context.reject(['publickey']);
    const key = allowed.find((each) => each.getPublicSSH().equals(context.key.data));
    if (!key) return context.reject();
    if (!context.signature || !context.blob) return context.accept();
    if (key.verify(context.blob, context.signature, context.hashAlgo) === true) context.accept();
    else context.reject();
  });
}

function lead(client: Connection, routes: NonNullable<Routes>, seen: SshServer['seen']): void {
  client.on('tcpip', (accept, reject, { destIP, destPort }) => {
    const route = routes[`${destIP}:${destPort}`];
    if (!route) return reject();
    const outgoing = connect(route.port, route.host);
    outgoing.once('connect', () => {
      seen.channels++;
      const channel = accept();
      channel.on('error', () => outgoing.destroy());
      outgoing.on('error', () => channel.end());
      channel.on('close', () => outgoing.destroy());
      channel.pipe(outgoing).pipe(channel);
    });
    outgoing.once('error', () => reject());
  });
}

function signature(key: ParsedKey, data: Buffer): Buffer {
  const signed = key.sign(data);
  if (signed instanceof Error) throw signed;
  return signed;
}

function parsed(text: string): ParsedKey {
  const key = ssh2.utils.parseKey(text);
  if (key instanceof Error) throw key;
  return key;
}
