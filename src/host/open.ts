// Opens a whole host: the desk, the engine that asks it for passwords, and the door before both.

import { createEngine } from '../engine/index.ts';
import { createDesk, type DeskPorts } from './desk/desk.ts';
import { createHost, type Host } from './host.ts';
import type { Reader } from './no-password.ts';
import { keepPrivate } from './private-home.ts';

export interface HostPorts extends DeskPorts {
  /** The script of the engine's worker threads, source or built. */
  readonly workerUrl: URL;
  /** Absent: the screens. */
  readonly reader?: Reader;
}

export function openHost(ports: HostPorts): Host {
  const desk = createDesk(ports);
  const { home, workerUrl, version, environment } = ports;
  keepPrivate(home);
  const engine = createEngine({ home, workerUrl, version, environment, passwordOf: desk.passwordOf });
  return createHost(engine, desk.handlers, ports.reader);
}
