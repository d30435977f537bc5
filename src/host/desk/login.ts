// Who logs in where: what two URLs have in common that one password opens, however the line is protected.

import type { Connection } from '../../shared/model/connection.ts';

export function loginOf(connection: Connection): string {
  if (connection.family === 'sqlite') return `sqlite ${connection.path}`;
  const { family, user, host, port, database, ssh } = connection;
  return JSON.stringify([family, user, host, port, database, ssh ? [ssh.user, ssh.host, ssh.port] : null]);
}
