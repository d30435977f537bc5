// How this page reaches its host: over the port that the desktop shell hands in, or a WebSocket to where it came from.

import type { DesktopShell } from '../../shared/shell.ts';
import type { Port } from '../../shared/wire.ts';
import { LineRefused } from './client.ts';
import { shell } from './shell.ts';

const PATIENCE_MS = 8000;

export function dial(): Promise<Port> {
  return shell.kind === 'desktop' ? takePort(shell) : openSocket();
}

/** The desktop's preload script passes each new port by window.postMessage. */
function takePort(desktop: DesktopShell): Promise<Port> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      window.removeEventListener('message', receive);
      reject(new Error('no port came'));
    }, PATIENCE_MS);
    function receive(event: MessageEvent): void {
      const port = event.ports[0];
      if (event.source !== window || event.data !== 'drover:port' || !port) return;
      clearTimeout(timer);
      window.removeEventListener('message', receive);
      resolve(ofMessagePort(port));
    }
    window.addEventListener('message', receive);
    desktop.requestPort();
  });
}

function ofMessagePort(port: MessagePort): Port {
  return {
    post: (message) => port.postMessage(message),
    onMessage(listener) {
      port.onmessage = (event) => listener(event.data);
    },
    onClose(listener) {
      port.addEventListener('close', listener, { once: true });
    },
    close: () => port.close(),
  };
}

function openSocket(): Promise<Port> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/wire`);
    socket.onopen = () => {
      socket.onclose = null;
      resolve({
        post: (message) => socket.send(JSON.stringify(message)),
        onMessage(listener) {
          socket.onmessage = (event) => listener(JSON.parse(String(event.data)));
        },
        onClose(listener) {
          socket.onclose = listener;
        },
        close: () => socket.close(),
      });
    };
    // A line that never stood ends with this event too, and does not tell the reason.
    socket.onclose = () => void whyNot().then(reject);
  });
}

/** Another Drover that listens where ours did has another key, and says 403 to whoever comes with the old one. */
async function whyNot(): Promise<Error> {
  const answer = await fetch('/', { method: 'HEAD', cache: 'no-store' }).catch(() => null);
  return answer?.status === 403 ? new LineRefused('the key is not valid') : new Error('nobody answers');
}
