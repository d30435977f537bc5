// A WebSocket as a line between a screen and the host.

import type { WebSocket } from 'ws';
import type { Port } from '../shared/wire.ts';

export function portOf(socket: WebSocket): Port {
  return {
    post(message) {
      if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
    },
    onMessage(listener) {
      socket.on('message', (data, isBinary) => listener(isBinary ? null : parse(String(data))));
    },
    onClose(listener) {
      socket.once('close', () => listener());
    },
    close: () => socket.close(),
  };
}

/** What is not JSON is no message. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
