// The SSH host in a database's URL: ssh=user@host:port, ssh-key=/path, ssh-host-key=SHA256:….

import type { SshTunnel } from '../../shared/model/connection.ts';

export const SSH_PARAMETERS = ['ssh', 'ssh-key', 'ssh-host-key'] as const;

const DEFAULT_PORT = 22;

/** `refuse` makes the family's own error of what is wrong, which never repeats a value. */
export function parseSsh(query: URLSearchParams, refuse: (what: string) => Error): SshTunnel | undefined {
  const address = query.get('ssh');
  const key = query.get('ssh-key');
  const hostKey = query.get('ssh-host-key');
  if (address === null) {
    if (key !== null || hostKey !== null) throw refuse('it says how to reach an SSH host, but not which; add ssh=');
    return undefined;
  }
  const [, user, host, port = String(DEFAULT_PORT)] =
    /^(.+)@(\[[0-9a-f:.%]+\]|[^\s:@/[\]]+)(?::(\d{1,5}))?$/is.exec(address) ?? [];
  if (user === undefined || host === undefined) throw refuse('ssh is not written as user@host:port');
  if (user.includes(':')) throw refuse('ssh holds a password; Drover uses a key or the agent');
  if (Number(port) < 1 || Number(port) > 65_535) throw refuse('the port in ssh is not between 1 and 65535');
  return {
    host: host.replace(/^\[(.*)\]$/, '$1'),
    port: Number(port),
    user,
    ...(key ? { key } : {}),
    ...(hostKey ? { hostKey: fingerprint(hostKey, refuse) } : {}),
  };
}

export function formatSsh(ssh: SshTunnel | undefined): string[] {
  if (!ssh) return [];
  const host = ssh.host.includes(':') ? `[${ssh.host}]` : ssh.host;
  return [
    `ssh=${readable(`${ssh.user}@${host}:${ssh.port}`)}`,
    ...(ssh.key ? [`ssh-key=${encodeURIComponent(ssh.key)}`] : []),
    ...(ssh.hostKey ? [`ssh-host-key=${readable(ssh.hostKey)}`] : []),
  ];
}

/** A + of a fingerprint that was pasted as it is reads as a blank. */
function fingerprint(text: string, refuse: (what: string) => Error): string {
  const [, digest] = /^SHA256:([A-Za-z0-9+/]{43})=?$/.exec(text.replaceAll(' ', '+')) ?? [];
  if (!digest) throw refuse('ssh-host-key is not a fingerprint that begins with SHA256:');
  return `SHA256:${digest}`;
}

/** A query may hold these as they are. */
function readable(text: string): string {
  return encodeURIComponent(text).replaceAll('%40', '@').replaceAll('%3A', ':').replaceAll('%2F', '/');
}
