// What must be known of a URL while it is typed, before the engine has read it.

import type { Family } from '../../../shared/model/connection.ts';

const schemes: Readonly<Record<string, Family>> = {
  postgres: 'postgres',
  postgresql: 'postgres',
  mysql: 'mysql',
  mariadb: 'mysql',
  sqlite: 'sqlite',
  file: 'sqlite',
};

/** null as long as the scheme is not whole. */
export function familyIn(url: string): Family | null {
  const [, scheme = ''] = /^\s*([a-z]+):/i.exec(url) ?? [];
  return schemes[scheme.toLowerCase()] ?? null;
}

const AUTHORITY = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)@/i;

/**
 * The password, taken out at once so that it goes to the host alone.
 * null where there is none, or where its escapes can't be read.
 */
export function passwordIn(url: string): string | null {
  const [, userinfo = ''] = AUTHORITY.exec(url.trim()) ?? [];
  const colon = userinfo.indexOf(':');
  if (colon < 0 || colon === userinfo.length - 1) return null;
  try {
    return decodeURIComponent(userinfo.slice(colon + 1));
  } catch {
    return null;
  }
}
