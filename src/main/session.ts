// Closes the page off: no permission but to copy, no navigation, no further windows, no webviews, no downloads from elsewhere.

import type { Session, WebContents } from 'electron';
import { ORIGIN } from './scheme.ts';

type Handlers =
  | 'setPermissionRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setDevicePermissionHandler'
  | 'setDisplayMediaRequestHandler'
  | 'on';

/** What a copy button does after a click; reading the clipboard is another permission. */
const COPY = 'clipboard-sanitized-write';

/** Electron grants what nobody denies. */
export function closeOff(session: Pick<Session, Handlers>): void {
  session.setPermissionRequestHandler((_contents, permission, decide, details) =>
    decide(permission === COPY && isOurs(details.requestingUrl)),
  );
  session.setPermissionCheckHandler((_contents, permission, origin) => permission === COPY && isOurs(origin));
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, choose) => choose(null));
  session.on('will-download', (event, item) => {
    // The page hands out its own texts: reports, SQL.
    if (!item.getURL().startsWith(`blob:${ORIGIN}/`)) event.preventDefault();
  });
}

export function closeOffContents(contents: Pick<WebContents, 'on' | 'setWindowOpenHandler'>): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
}

/** `place`: an origin or an address. */
function isOurs(place: string): boolean {
  return place === ORIGIN || place.startsWith(`${ORIGIN}/`);
}
