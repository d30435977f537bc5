// A session with an SSH host: opened, checked, kept alive, and used to open channels to what lies behind it.

import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import ssh2, { type Client } from 'ssh2';
import { DroverError } from '../../shared/errors.ts';
import type { SshTunnel } from '../../shared/model/connection.ts';
import { hostCheck } from './host-key.ts';
import type { PasswordPorts } from './ports.ts';
import { loginFor } from './ssh-login.ts';

const KEEP_ALIVE_MS = 15_000;
/** Keep-alive packets in a row without an answer, until the host is given up. */
const UNANSWERED = 3;

export interface Place {
  readonly host: string;
  readonly port: number;
}

export interface SshHost {
  readonly closed: boolean;
  /** Opens a connection from the host to a place. Throws `connect.unreachable` and `connect.ssh-refused`. */
  channel(to: Place): Promise<Duplex>;
  /** Called once, when the session is gone. */
  onClose(listener: () => void): void;
  end(): void;
}

/** Throws `connect.ssh-unreachable`, `connect.ssh-refused` and `connect.ssh-unknown-host`. */
export async function openSshHost(ssh: SshTunnel, timeoutMs: number, ports: PasswordPorts): Promise<SshHost> {
  const login = await loginFor(ssh, ports);
  const check = hostCheck(ssh, ports.environment);
  const socket = connect({ host: ssh.host, port: ssh.port, noDelay: true });
  const client = new ssh2.Client();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let refusal: DroverError | null = null;
  client.once('ready', resolve);
  // Stays for the session's life: an error later on is followed by `close`.
  client.on('error', (error) => reject(refusal ?? sshError(error, ssh)));
  client.once('close', () => reject(refusal ?? sshError(new Error('The host closed the connection.'), ssh)));
  client.connect({
    ...login,
    sock: socket,
    username: ssh.user,
    readyTimeout: timeoutMs,
    algorithms: { serverHostKey: check.algorithms },
    hostVerifier: (key: Buffer) => {
      refusal = check.refusal(key);
      return refusal === null;
    },
  });
  try {
    await promise;
  } catch (error) {
    socket.destroy();
    throw error;
  }
  // Whoever uses the tunnel waits for an answer of its own; the tunnel alone must not keep a process from ending.
  socket.unref();
  keepAlive(client, socket);
  return {
    get closed() {
      return socket.destroyed;
    },
    channel: (to) => openChannel(client, ssh, to),
    onClose: (listener) => {
      if (socket.destroyed) listener();
      else socket.once('close', listener);
    },
    end: () => client.end(),
  };
}

function openChannel(client: Client, ssh: SshTunnel, to: Place): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    try {
      client.forwardOut('127.0.0.1', 0, to.host, to.port, (error, channel) => {
        if (error) reject(channelError(error, ssh, to));
        else resolve(channel);
      });
    } catch (error) {
      reject(sshError(error instanceof Error ? error : new Error(String(error)), ssh));
    }
  });
}

/**
 * Asks for something that every host answers, if only by refusing it: to take back a forwarding that was never made.
 * The library's own keep-alive holds a timer that would keep the process from ending.
 */
function keepAlive(client: Client, socket: Socket): void {
  let unanswered = 0;
  const timer = setInterval(() => {
    if (unanswered === UNANSWERED) {
      socket.destroy();
      return;
    }
    unanswered++;
    try {
      client.unforwardIn('127.0.0.1', 1, () => {
        unanswered = 0;
      });
    } catch {
      socket.destroy();
    }
  }, KEEP_ALIVE_MS);
  timer.unref();
  socket.once('close', () => clearInterval(timer));
}

type SshFailure = Error & { readonly level?: string; readonly code?: unknown };

function sshError(error: SshFailure, { host, port, user, key }: SshTunnel): DroverError {
  const place = `${host}:${port}`;
  const cause = error.message;
  switch (error.level) {
    case 'client-authentication':
    case 'agent':
      return new DroverError(
        'connect.ssh-refused',
        `The SSH host ${place} does not let ${user} in with ${key ? 'this key' : 'a key of the agent'}.`,
        {
          cause,
          hint: `Check the user and the key: its public half belongs in authorized_keys of ${user} on that host.`,
        },
      );
    case 'client-timeout':
      return new DroverError('connect.ssh-unreachable', `The SSH host ${place} did not answer in time.`, {
        cause,
        hint: 'Check host and port after ssh=, and whether a firewall is in between; connect_timeout gives it longer.',
      });
    case 'handshake':
      return new DroverError(
        'connect.ssh-refused',
        `No secure session with the SSH host ${place} could be agreed on.`,
        {
          cause,
          hint: 'Check that an SSH server of this decade answers there.',
        },
      );
    default:
      return new DroverError('connect.ssh-unreachable', `The SSH host ${place} can't be reached.`, {
        cause,
        hint: 'Check host and port after ssh= in the URL, and that the SSH server runs.',
      });
  }
}

/** RFC 4254: the host has a rule against it. */
const PROHIBITED = 1;

function channelError(error: Error & { readonly reason?: unknown }, ssh: SshTunnel, to: Place): DroverError {
  const cause = error.message;
  if (error.reason === PROHIBITED) {
    return new DroverError(
      'connect.ssh-refused',
      `The SSH host ${ssh.host} does not lead on to ${to.host}:${to.port}.`,
      {
        cause,
        hint: 'Allow TCP forwarding to that address for this user (AllowTcpForwarding, PermitOpen), or take another host.',
      },
    );
  }
  return new DroverError(
    'connect.unreachable',
    `${to.host}:${to.port} can't be reached from the SSH host ${ssh.host}.`,
    {
      cause,
      hint: 'The address is looked up on the SSH host: check host and port in the URL as they are seen from there.',
    },
  );
}
