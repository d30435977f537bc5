// A URL as somebody wrote it, and the password in it: apart, whether the URL can be read or not.

export interface Apart {
  readonly url: string;
  /** Null where there is none, or where it can't be told from the rest. */
  readonly password: string | null;
}

/** A URL without a password in it stays as it was written. */
export function withoutPassword(
  written: string,
  read: (url: string) => { readonly url: string; readonly password: string | null },
): Apart {
  try {
    const { url, password } = read(written);
    return password === null ? { url: written, password } : { url, password };
  } catch {
    return { url: hidden(written), password: null };
  }
}

/** What can't be read may hold one all the same: after the user's name, or as a parameter. */
function hidden(url: string): string {
  return url
    .replace(/^([a-z][\w+.-]*:\/\/[^:@/?#]*):.*@/is, '$1@')
    .replace(/([?&](?:password|passwd|pwd|sslpassword)=)[^&#]*/gi, '$1');
}
