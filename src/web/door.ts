// The door of the loopback server: who may come in. The exact host, our own origin, and the token of this launch.

import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** 256 bits that nobody can guess. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** Takes the same time whatever the difference. */
export function sameToken(given: string, token: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}

export interface Place {
  /** 127.0.0.1:port, as browsers write it in Host. */
  readonly host: string;
  readonly origin: string;
  /** Cookies do not tell ports apart: each launch has a name of its own. */
  readonly cookie: string;
}

export function placeOf(port: number): Place {
  const host = `127.0.0.1:${port}`;
  return { host, origin: `http://${host}`, cookie: `drover-${port}` };
}

/** A page of another name that resolves to this machine (DNS rebinding) gives itself away by its Host. */
export function isForUs({ headers }: IncomingMessage, { host, origin }: Place): boolean {
  return headers.host === host && (headers.origin === undefined || headers.origin === origin);
}

/** A WebSocket is not held by the same-origin rule: its Origin must be there and ours. */
export function isOurPage(request: IncomingMessage, place: Place): boolean {
  return isForUs(request, place) && request.headers.origin === place.origin;
}

export function hasCookie({ headers }: IncomingMessage, { cookie }: Place, token: string): boolean {
  return (headers.cookie ?? '')
    .split(';')
    .map((each) => each.trim())
    .some((each) => each.startsWith(`${cookie}=`) && sameToken(each.slice(cookie.length + 1), token));
}
