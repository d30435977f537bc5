// Whether an SSH host is who it should be: its key against the fingerprint that was given, or against known_hosts.

import { createHash } from 'node:crypto';
import { DroverError } from '../../shared/errors.ts';
import type { SshTunnel } from '../../shared/model/connection.ts';
import { type KnownKey, knownKeys } from './known-hosts.ts';

/** The kinds of key that are asked for, best first. */
const ALGORITHMS = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
] as const;
export type HostKeyAlgorithm = (typeof ALGORITHMS)[number];

export interface HostCheck {
  /** What to ask the host for: first the kinds of key that it is known by. */
  readonly algorithms: HostKeyAlgorithm[];
  /** Why this key must not be trusted; null when it may. */
  refusal(blob: Buffer): DroverError | null;
}

export function hostCheck(ssh: SshTunnel, environment: NodeJS.ProcessEnv): HostCheck {
  const known = knownKeys(ssh, environment);
  const rank = (algorithm: HostKeyAlgorithm) => (known.some(({ type }) => typeOf(algorithm) === type) ? 0 : 1);
  return {
    algorithms: [...ALGORITHMS].sort((a, b) => rank(a) - rank(b)),
    refusal: (blob) => refusal(blob, ssh, known),
  };
}

/** As the SSH tools print it. */
export function fingerprintOf(blob: Buffer): string {
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`;
}

function refusal(blob: Buffer, ssh: SshTunnel, known: readonly KnownKey[]): DroverError | null {
  const shown = fingerprintOf(blob);
  const same = known.filter((key) => key.blob.equals(blob));
  if (same.some((key) => key.revoked)) return otherKey(ssh, shown, 'known_hosts marks this key as revoked.');
  if (ssh.hostKey !== undefined) {
    return ssh.hostKey === shown ? null : otherKey(ssh, shown, `ssh-host-key in the URL says ${ssh.hostKey}.`);
  }
  if (same.length > 0) return null;
  const trusted = known.filter((key) => !key.revoked);
  if (trusted.length === 0) return unknown(ssh, shown);
  return otherKey(ssh, shown, `known_hosts has ${trusted.map((key) => fingerprintOf(key.blob)).join(', ')}.`);
}

function unknown({ host, port }: SshTunnel, shown: string): DroverError {
  return new DroverError(
    'connect.ssh-unknown-host',
    `The SSH host ${host}:${port} is not known here; its key has the fingerprint ${shown}.`,
    {
      hint: `Compare the fingerprint with the host's own; if they agree, add ssh-host-key=${shown} to the URL.`,
    },
  );
}

function otherKey({ host, port }: SshTunnel, shown: string, cause: string): DroverError {
  return new DroverError(
    'connect.ssh-refused',
    `The SSH host ${host}:${port} shows another key than it should: ${shown}.`,
    {
      cause,
      hint: 'Somebody may be in between. Ask who runs the host whether its key was changed, and correct what is known of it only then.',
    },
  );
}

/** RSA keys sign in more than one way. */
function typeOf(algorithm: HostKeyAlgorithm): string {
  return algorithm.startsWith('rsa-') ? 'ssh-rsa' : algorithm;
}
