// A port of Electron's as a line between a screen and the host.

import type { MessagePortMain } from 'electron';
import type { Port } from '../../shared/wire.ts';

/** Messages wait in the port until somebody listens. */
export function portOf(port: Pick<MessagePortMain, 'on' | 'once' | 'postMessage' | 'start' | 'close'>): Port {
  return {
    post: (message) => port.postMessage(message),
    onMessage(listener) {
      port.on('message', ({ data }) => listener(data));
      port.start();
    },
    onClose(listener) {
      port.once('close', listener);
    },
    close: () => port.close(),
  };
}
