// The tunnels of an engine: one for each way through an SSH host, opened when somebody goes there.

import type { Connection } from '../../shared/model/connection.ts';
import { sshUrl } from '../../shared/ssh.ts';
import type { PasswordPorts } from './ports.ts';
import type { Place } from './ssh-host.ts';
import type { Tunnel } from './tunnel.ts';

const IDLE_MS = 5 * 60_000;

export interface Tunnels {
  /** Where to dial for a connection; null where it needs no tunnel. Throws `connect.ssh-*` and `connect.unreachable`. */
  entranceTo(connection: Connection): Promise<Place | null>;
}

export function createTunnels(ports: PasswordPorts, idleMs: number = IDLE_MS): Tunnels {
  const tunnels = new Map<string, Tunnel>();
  return {
    async entranceTo(connection) {
      if (connection.family === 'sqlite' || !connection.ssh) return null;
      const { ssh, host, port, connectTimeout } = connection;
      // The library is large, and few need it.
      const { Tunnel } = await import('./tunnel.ts');
      const way = JSON.stringify([sshUrl(ssh), ssh.key, ssh.hostKey, host, port]);
      let tunnel = tunnels.get(way);
      if (!tunnel || tunnel.closed) {
        tunnel = new Tunnel({ ssh, to: { host, port }, timeoutMs: connectTimeout * 1000 }, { ...ports, idleMs });
        tunnels.set(way, tunnel);
      }
      return tunnel.entrance();
    },
  };
}
