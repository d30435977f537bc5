// Asks the server, on a connection of its own, to stop what another connection is doing.

import { connect } from 'node:net';
import type pg from 'pg';
import type { PostgresConnection } from '../../../../shared/model/connection.ts';

const CANCEL_REQUEST = 80_877_102;

/** Sends the request and resolves when it is out or has failed; the statement then ends with an error of its own. */
export function cancelStatement(
  client: pg.Client,
  { host, port }: Pick<PostgresConnection, 'host' | 'port'>,
): Promise<void> {
  const { processID, secretKey } = client as unknown as { processID: number; secretKey: number };
  const request = Buffer.alloc(16);
  request.writeInt32BE(16, 0);
  request.writeInt32BE(CANCEL_REQUEST, 4);
  request.writeInt32BE(processID, 8);
  request.writeInt32BE(secretKey, 12);
  return new Promise((resolve) => {
    const socket = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);
    socket.setTimeout(3000, () => socket.destroy());
    socket.on('connect', () => socket.end(request));
    socket.on('error', () => undefined);
    // The server closes the connection once the signal is sent.
    socket.on('close', () => resolve());
    socket.resume();
  });
}
