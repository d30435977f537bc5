// The password in a URL that was pasted: taken out of it at once, so that it goes to the host alone.

const AUTHORITY = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)@/i;

/** null where there is none, or where its escapes can't be read. */
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
