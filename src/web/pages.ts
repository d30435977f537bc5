// The server's answers: the screens' files, the way in with a token, and refusals.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { findFile } from '../host/screens/files.ts';
import { securityHeaders } from '../host/screens/headers.ts';
import { hasCookie, isForUs, type Place } from './door.ts';

export interface Site {
  readonly place: Place;
  readonly token: string;
  readonly folder: string;
  /** Whether a token in a URL opens the door; a ticket does so once. */
  readonly admits: (given: string) => boolean;
}

export async function answer(site: Site, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { place } = site;
  for (const [name, value] of Object.entries(securityHeaders([`ws://${place.host}`]))) response.setHeader(name, value);
  response.setHeader('Cache-Control', 'no-store');
  if (!isForUs(request, place)) return end(response, 403, 'This server answers its own page only.');
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    return end(response, 405, 'Only GET and HEAD are answered here.');
  }
  const [path = '/', query = ''] = (request.url ?? '/').split('?', 2);
  const given = path === '/' ? new URLSearchParams(query).get('token') : null;
  if (given !== null && site.admits(given)) return letIn(site, request, response);
  if (!hasCookie(request, place, site.token)) {
    return end(response, 403, 'Open the URL that drover has printed; this one lacks its token, or was used before.');
  }
  const file = await findFile(site.folder, path);
  if (!file) return end(response, 404, 'There is no such page.');
  if (file.immutable) response.setHeader('Cache-Control', 'private, max-age=31536000, immutable');
  response.writeHead(200, { 'Content-Type': file.mediaType, 'Content-Length': file.body.length });
  response.end(request.method === 'HEAD' ? undefined : file.body);
}

/** The token moves from the address bar, where it would be copied and kept, into a cookie. */
function letIn({ place, token }: Site, request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('Set-Cookie', `${place.cookie}=${token}; HttpOnly; SameSite=Strict; Path=/`);
  // After a click on a link elsewhere, a redirect would still count as coming from there, and the cookie stay behind.
  if (request.headers['sec-fetch-site'] === 'cross-site') {
    response.setHeader('Refresh', '0; url=/');
    end(response, 200, 'Opening Drover.');
  } else {
    response.setHeader('Location', '/');
    end(response, 303, 'Opening Drover.');
  }
}

function end(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' });
  response.end(`${text}\n`);
}
