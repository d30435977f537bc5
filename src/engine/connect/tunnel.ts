// A tunnel: a port of this machine whose connections come out behind an SSH host. It opens again when it was lost.

import { createServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { DroverError } from '../../shared/errors.ts';
import type { SshTunnel } from '../../shared/model/connection.ts';
import type { PasswordPorts } from './ports.ts';
import { openSshHost, type Place, type SshHost } from './ssh-host.ts';

/** How long a channel that was opened to try the way waits for somebody to use it. */
const SPARE_MS = 3000;

export interface Way {
  readonly ssh: SshTunnel;
  readonly to: Place;
  readonly timeoutMs: number;
}

export interface TunnelPorts extends PasswordPorts {
  /** How long a tunnel that nobody uses stays. */
  readonly idleMs: number;
}

export class Tunnel {
  /** Nobody used it for a while: the port is gone, and another tunnel must be made. */
  closed = false;
  readonly #way: Way;
  readonly #ports: TunnelPorts;
  readonly #server: Server;
  readonly #open = new Set<Socket>();
  #listening: Promise<Place> | null = null;
  #host: Promise<SshHost> | null = null;
  /** Opened to try the way; the next connection takes it. */
  #spare: Duplex | null = null;
  /** That a connection comes out at the other end, tried once for each session. */
  #proof: Promise<void> | null = null;
  #idle: NodeJS.Timeout | null = null;

  constructor(way: Way, ports: TunnelPorts) {
    this.#way = way;
    this.#ports = ports;
    this.#server = createServer({ allowHalfOpen: true, pauseOnConnect: true, noDelay: true }, (socket) => {
      void this.#lead(socket);
    });
    this.#server.unref();
  }

  /** Where it begins on this machine, once it is known to lead all the way. Throws `connect.*`. */
  async entrance(): Promise<Place> {
    this.#rest();
    const host = await this.#session();
    this.#proof ??= this.#prove(host);
    await this.#proof;
    this.#listening ??= this.#listen();
    return this.#listening;
  }

  async #prove(host: SshHost): Promise<void> {
    try {
      this.#keepSpare(await this.#channel(host));
    } catch (error) {
      this.#proof = null;
      throw error;
    }
  }

  #listen(): Promise<Place> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(0, '127.0.0.1', () => {
        const address = this.#server.address();
        if (address && typeof address === 'object') resolve({ host: '127.0.0.1', port: address.port });
      });
    });
  }

  /** The session with the SSH host, another one when it was lost. */
  async #session(): Promise<SshHost> {
    this.#host ??= this.#begin();
    const host = await this.#host;
    if (!host.closed) return host;
    this.#host = null;
    return this.#session();
  }

  #begin(): Promise<SshHost> {
    const { ssh, timeoutMs } = this.#way;
    const begun = openSshHost(ssh, timeoutMs, this.#ports).then((host) => {
      host.onClose(() => {
        if (this.#host === begun) this.#host = null;
        this.#lose();
      });
      return host;
    });
    // What could not be opened is tried again by whoever comes next.
    begun.catch(() => {
      if (this.#host === begun) this.#host = null;
    });
    return begun;
  }

  /** Nobody must wait for an answer that can't come any more. */
  #lose(): void {
    this.#proof = null;
    this.#spare = null;
    for (const socket of this.#open) socket.resetAndDestroy();
  }

  async #lead(socket: Socket): Promise<void> {
    this.#open.add(socket);
    socket.unref();
    socket.on('error', () => socket.destroy());
    socket.once('close', () => {
      this.#open.delete(socket);
      this.#rest();
    });
    try {
      const channel = this.#takeSpare() ?? (await this.#channel(await this.#session()));
      if (socket.destroyed) channel.destroy();
      else join(socket, channel);
    } catch {
      // The next who asks for the entrance is told why.
      this.#proof = null;
      socket.resetAndDestroy();
    }
  }

  async #channel(host: SshHost): Promise<Duplex> {
    const { to, ssh, timeoutMs } = this.#way;
    const opening = host.channel(to);
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      reject(
        new DroverError(
          'connect.timeout',
          `${to.host}:${to.port} behind the SSH host ${ssh.host} did not answer in time.`,
          {
            hint: 'Check host and port as they are seen from the SSH host; connect_timeout in the URL gives it longer.',
          },
        ),
      );
      opening.then((channel) => channel.destroy()).catch(() => undefined);
    }, timeoutMs);
    try {
      return await Promise.race([opening, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  #keepSpare(channel: Duplex): void {
    this.#spare = channel;
    channel.on('error', () => channel.destroy());
    setTimeout(() => {
      if (this.#spare !== channel) return;
      this.#spare = null;
      channel.destroy();
    }, SPARE_MS).unref();
  }

  #takeSpare(): Duplex | null {
    const spare = this.#spare;
    this.#spare = null;
    return spare?.destroyed || spare?.readableEnded ? null : spare;
  }

  /** Begins to wait anew for the tunnel to fall out of use. */
  #rest(): void {
    if (this.#idle) clearTimeout(this.#idle);
    this.#idle = setTimeout(() => void this.#close(), this.#ports.idleMs);
    this.#idle.unref();
  }

  async #close(): Promise<void> {
    if (this.#open.size > 0) return;
    this.closed = true;
    this.#server.close();
    const host = await this.#host?.catch(() => null);
    host?.end();
  }
}

/** Passes on what comes from either end, and the end itself. */
function join(socket: Socket, channel: Duplex): void {
  channel.on('error', () => socket.resetAndDestroy());
  channel.once('close', () => {
    if (!socket.writableEnded) socket.end();
  });
  socket.once('close', () => channel.destroy());
  socket.pipe(channel);
  channel.pipe(socket);
}
