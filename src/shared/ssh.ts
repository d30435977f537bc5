// An SSH host's own address: the name under which the passphrase of its key is kept.

import type { SshTunnel } from './model/connection.ts';

/** ssh://user@host:port, whatever database lies behind it. */
export function sshUrl({ user, host, port }: Pick<SshTunnel, 'user' | 'host' | 'port'>): string {
  return `ssh://${encodeURIComponent(user)}@${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Whether this is such an address, written as `sshUrl` writes it. */
export function isSshUrl(url: string): boolean {
  return /^ssh:\/\/[^\s:@/]+@(\[[0-9a-f:.%]+\]|[^\s:@/[\]]+):\d+$/i.test(url);
}
