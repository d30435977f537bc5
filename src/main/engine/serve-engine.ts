// The engine's process: serves each screen over the port that the shell hands in, and tells the shell what runs.

import type { MessagePortMain } from 'electron';

import type { Keychain } from '../../host/desk/secrets.ts';
import { endRuns } from '../../host/end-runs.ts';
import type { Host } from '../../host/host.ts';
import { serveHost } from '../../host/serve.ts';
import type { FromEngine, ToEngine } from '../engine-messages.ts';
import { watchRuns } from './activity.ts';
import { askKeychain } from './keychain-client.ts';
import { portOf } from './message-port.ts';

/** The shell, as Electron's process.parentPort shows it. */
export interface Parent {
  on(event: 'message', listener: (event: { data: ToEngine; ports: MessagePortMain[] }) => void): unknown;
  postMessage(message: FromEngine): void;
}

export function serveEngine(parent: Parent, open: (keychain: Keychain) => Host): void {
  const tell = (message: FromEngine) => parent.postMessage(message);
  const keychain = askKeychain(tell);
  const host = watchRuns(open(keychain), tell);

  parent.on('message', ({ data, ports }) => {
    switch (data.kind) {
      case 'screen':
        for (const port of ports) void serveHost(host, portOf(port));
        break;
      case 'keychain answer':
      case 'keychain failure':
        keychain.hear(data);
        break;
      case 'stop':
        void endRuns(host, data.how).finally(() => tell({ kind: 'stopped' }));
        break;
    }
  });
}
