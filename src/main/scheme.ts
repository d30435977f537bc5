// app://drover/: the built screens under an origin of their own, with the headers that bound them; never file://.

import type { Protocol } from 'electron';
import { findFile } from '../host/screens/files.ts';
import { securityHeaders } from '../host/screens/headers.ts';

const SCHEME = 'app';
export const ORIGIN = `${SCHEME}://drover`;
export const HOME_PAGE = `${ORIGIN}/`;

/** Before Electron is ready. */
export function registerScheme(protocol: Pick<Protocol, 'registerSchemesAsPrivileged'>): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

export function serveScreens(protocol: Pick<Protocol, 'handle'>, folder: string): void {
  protocol.handle(SCHEME, async ({ url, method }) => {
    const { host, pathname } = new URL(url);
    const file = host === 'drover' && method === 'GET' ? await findFile(folder, pathname) : null;
    const headers = new Headers(securityHeaders([]));
    if (!file) return new Response('There is no such page.', { status: 404, headers });
    headers.set('Content-Type', file.mediaType);
    return new Response(new Uint8Array(file.body), { status: 200, headers });
  });
}
