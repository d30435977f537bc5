// The SSH client's known_hosts files: which keys a host is known by.

import { createHmac, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

export interface KnownKey {
  /** ssh-ed25519, ssh-rsa, … */
  readonly type: string;
  readonly blob: Buffer;
  /** Marked as one that must never be trusted again. */
  readonly revoked: boolean;
}

interface Address {
  readonly host: string;
  readonly port: number;
}

const STANDARD_PORT = 22;

/** The person's own files, then the machine's; a file that is missing knows nobody. */
export function knownKeys(address: Address, environment: NodeJS.ProcessEnv): readonly KnownKey[] {
  const own = join(environment.HOME || homedir(), '.ssh');
  const files = [join(own, 'known_hosts'), join(own, 'known_hosts2'), '/etc/ssh/ssh_known_hosts'];
  return files.flatMap((file) => keysIn(textOf(file), address));
}

/** The keys that the text of a known_hosts file has for a host. Certificate authorities are passed over. */
export function keysIn(text: string, { host, port }: Address): readonly KnownKey[] {
  const lines = text.split(/\r?\n/).flatMap(lineOf);
  const name = host.toLowerCase();
  const withPort = lines.filter((line) => line.names(`[${name}]:${port}`));
  const bare = lines.filter((line) => line.names(name));
  if (port === STANDARD_PORT) return [...bare, ...withPort].map(({ key }) => key);
  // Like the SSH client: a key that is known for the host alone will do for another of its ports.
  return (withPort.length > 0 ? withPort : bare).map(({ key }) => key);
}

interface Line {
  readonly names: (name: string) => boolean;
  readonly key: KnownKey;
}

function lineOf(text: string): Line[] {
  const [, marker, names, type, blob] =
    /^\s*(?:@(\S+)\s+)?([^\s#@]\S*)\s+([\w@.-]+)\s+([A-Za-z0-9+/]+={0,2})(?:\s|$)/.exec(text) ?? [];
  if (names === undefined || type === undefined || blob === undefined || marker === 'cert-authority') return [];
  const key = { type, blob: Buffer.from(blob, 'base64'), revoked: marker === 'revoked' };
  return [{ names: names.startsWith('|1|') ? hashed(names) : listed(names), key }];
}

/** |1|salt|HMAC-SHA1 of the name */
function hashed(text: string): Line['names'] {
  const [, , salt = '', digest = ''] = text.split('|');
  const expected = Buffer.from(digest, 'base64');
  return (name) => {
    const actual = createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest();
    return actual.length === expected.length && timingSafeEqual(actual, expected);
  };
}

/** Names with * and ?, separated by commas; one that begins with ! takes the host out again. */
function listed(text: string): Line['names'] {
  const patterns = text.toLowerCase().split(',');
  const negative = patterns.filter((each) => each.startsWith('!')).map((each) => matcher(each.slice(1)));
  const positive = patterns.filter((each) => !each.startsWith('!')).map(matcher);
  return (name) => positive.some((each) => each.test(name)) && !negative.some((each) => each.test(name));
}

function matcher(pattern: string): RegExp {
  const literal = pattern.replace(/[\\^$.+()|[\]{}]/g, '\\$&');
  return new RegExp(`^${literal.replaceAll('*', '.*').replaceAll('?', '.')}$`);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
