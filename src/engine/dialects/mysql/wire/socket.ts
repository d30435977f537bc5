// A socket that reads into one buffer, again and again, for readers that are done with bytes at once.

import { connect, type NetConnectOpts, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** As much as arrives at once. */
const ROOM = 64 * 1024;

const lending = new WeakSet<Duplex>();

/**
 * Sockets give each piece a buffer of its own, which dies at once and is collected much later: a thread that read rows held
 * up to 12 MB of buffers, of which it used some 5. Only for connections without TLS, which would read in this one's stead.
 */
export function connectReusing(options: NetConnectOpts): Socket {
  const callback = (size: number, room: Uint8Array): boolean => {
    const bytes = (room as Buffer).subarray(0, size);
    socket.emit('data', lending.has(socket) ? bytes : Buffer.from(bytes));
    return true;
  };
  const socket = connect({ ...options, onread: { buffer: Buffer.allocUnsafeSlow(ROOM), callback } });
  return socket;
}

/** From now on bytes hold only until whoever was given them returns; or again as long as anybody wants. */
export function lendBytes(stream: Duplex, lent: boolean): void {
  if (lent) lending.add(stream);
  else lending.delete(stream);
}

/** For who stands in for a socket. */
export function lendsBytes(stream: Duplex): boolean {
  return lending.has(stream);
}
