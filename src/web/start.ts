// The web host: the same screens in a browser, on 127.0.0.1 and for whoever holds the token of this launch.

import { existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Host } from '../host/host.ts';
import { serveHost } from '../host/serve.ts';
import { DroverError } from '../shared/errors.ts';
import { hasCookie, isOurPage, newToken, type Place, placeOf, sameToken } from './door.ts';
import { answer, type Site } from './pages.ts';
import { portOf } from './socket.ts';

export interface WebOptions {
  readonly host: Host;
  /** Where the built screens lie. */
  readonly rendererFolder: string;
  /** A free one when absent. */
  readonly port?: number | undefined;
}

export interface Web {
  /** With the token. For people: whoever has it can do what Drover can. */
  readonly url: string;
  /** Opens the screens once: for the arguments of a process, which others on this machine may read. */
  ticket(): string;
  /** Cuts the lines and waits until what was begun over them has come to its end. */
  close(): Promise<void>;
}

const LOOPBACK = '127.0.0.1';
/** A project of 10,000 tables travels in one message. */
const LARGEST_MESSAGE = 128 * 1024 * 1024;

export async function startWeb({ host, rendererFolder, port = 0 }: WebOptions): Promise<Web> {
  if (!existsSync(join(rendererFolder, 'index.html'))) throw notBuilt(rendererFolder);
  const server = createServer();
  const place = placeOf(await listen(server, port));
  const token = newToken();
  const tickets = new Set<string>();
  const site: Site = {
    place,
    token,
    folder: rendererFolder,
    admits: (given) =>
      sameToken(given, token) || [...tickets].some((each) => sameToken(given, each) && tickets.delete(each)),
  };
  server.on('request', (request, response) => {
    answer(site, request, response).catch(() => response.destroy());
  });

  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_MESSAGE });
  const served = new Set<Promise<void>>();
  server.on('upgrade', (request, socket, head) => {
    if (!mayConnect(request, place, token)) return refuse(socket);
    sockets.handleUpgrade(request, socket, head, serve);
  });

  function serve(socket: WebSocket): void {
    // A message too large, or a broken frame: the line is closed, which is all there is to do.
    socket.on('error', () => socket.terminate());
    const done = serveHost(host, portOf(socket));
    served.add(done);
    void done.finally(() => served.delete(done));
  }

  return {
    url: `${place.origin}/?token=${token}`,
    ticket() {
      const ticket = newToken();
      tickets.add(ticket);
      return `${place.origin}/?token=${ticket}`;
    },
    async close() {
      const { promise: ended, resolve } = Promise.withResolvers<void>();
      server.close(() => resolve());
      for (const socket of sockets.clients) socket.close(1001);
      await Promise.allSettled(served);
      server.closeAllConnections();
      await ended;
    },
  };
}

function mayConnect(request: IncomingMessage, place: Place, token: string): boolean {
  return request.url === '/wire' && isOurPage(request, place) && hasCookie(request, place, token);
}

function refuse(socket: Duplex): void {
  socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
}

function listen(server: Server, port: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  server.once('error', (error) =>
    reject(
      new DroverError('support.usage', `Drover cannot listen on port ${port} of ${LOOPBACK}.`, {
        cause: error.message,
        hint: 'Leave --port out, and a free one is taken.',
        where: { side: 'local' },
      }),
    ),
  );
  server.listen(port, LOOPBACK, () => {
    const address = server.address();
    resolve(typeof address === 'object' && address ? address.port : port);
  });
  return promise;
}

function notBuilt(folder: string): DroverError {
  return new DroverError('support.usage', `The screens are not built: ${folder} holds no index.html.`, {
    hint: 'Run `npm run build` in the checkout.',
    where: { side: 'local' },
  });
}
