// Secrets: passwords by the URL they open, in memory or in the keychain of the operating system; nowhere else.

import { DroverError } from '../../shared/errors.ts';
import type { SecretState } from '../../shared/model/desk.ts';

/** What a host can do to keep a secret beyond its own life. Keys are URLs without a password. */
export interface Keychain {
  /** The reason, in a sentence, where it can't. */
  available(): Promise<{ readonly available: boolean; readonly reason: string | null }>;
  get(url: string): Promise<string | null>;
  set(url: string, secret: string): Promise<void>;
  delete(url: string): Promise<void>;
}

export interface Secrets {
  keep(url: string, secret: string, remember: boolean): Promise<SecretState>;
  /** Out of a project's file: into memory, unless it came before and another was typed since. */
  take(url: string, secret: string): void;
  /** Into memory, when a person changes how a login is reached: otherwise the password would have to be typed again. */
  carry(from: string, to: string): Promise<SecretState>;
  state(url: string): Promise<SecretState>;
  forget(url: string): Promise<SecretState>;
  passwordOf(url: string): Promise<string | null>;
}

export interface ReadSecretUrl {
  /** Without a password. */
  readonly url: string;
  /** The same for all URLs of one login, however the line is protected. */
  readonly login: string;
  /** What the clients' own files hold for it. */
  readonly ambientPassword: string | null;
}

export function openSecrets(keychain: Keychain, readUrl: (url: string) => ReadSecretUrl): Secrets {
  const memory = new Map<string, string>();
  const taken = new Map<string, string>();

  async function state(given: string): Promise<SecretState> {
    const { url, ambientPassword } = readUrl(given);
    const { available, reason } = await keychain.available();
    const place = memory.has(url)
      ? 'memory'
      : available && (await asked(() => keychain.get(url))) !== null
        ? 'keychain'
        : ambientPassword !== null
          ? 'client files'
          : 'none';
    return { place, keychain: { available, reason } };
  }

  async function passwordOf(url: string): Promise<string | null> {
    const held = memory.get(url);
    if (held !== undefined) return held;
    return (await keychain.available()).available ? asked(() => keychain.get(url)) : null;
  }

  return {
    state,
    /** To keep it in memory only is also to take it out of the keychain. */
    async keep(given, secret, remember) {
      const { url } = readUrl(given);
      const { available } = await keychain.available();
      if (remember && available) {
        await asked(() => keychain.set(url, secret));
        memory.delete(url);
      } else {
        memory.set(url, secret);
        if (available) await asked(() => keychain.delete(url));
      }
      return state(url);
    },
    async carry(from, to) {
      const [old, now] = [readUrl(from), readUrl(to)];
      if (old.login !== now.login || memory.has(now.url)) return state(to);
      const held = await passwordOf(old.url);
      if (held !== null && (await passwordOf(now.url)) === null) memory.set(now.url, held);
      return state(to);
    },
    take(given, secret) {
      const { url } = readUrl(given);
      if (taken.get(url) === secret) return;
      taken.set(url, secret);
      memory.set(url, secret);
    },
    async forget(given) {
      const { url } = readUrl(given);
      memory.delete(url);
      if ((await keychain.available()).available) await asked(() => keychain.delete(url));
      return state(url);
    },
    passwordOf: (given) => passwordOf(readUrl(given).url),
  };
}

/** For hosts without one: secrets end with the process. */
export function noKeychain(reason: string): Keychain {
  return {
    available: () => Promise.resolve({ available: false, reason }),
    get: () => Promise.resolve(null),
    set: () => Promise.reject(new Error(reason)),
    delete: () => Promise.resolve(),
  };
}

async function asked<T>(question: () => Promise<T>): Promise<T> {
  try {
    return await question();
  } catch (error) {
    throw new DroverError('connect.keychain', 'The keychain of this machine did not answer.', {
      cause: error instanceof Error ? error.message : String(error),
      hint: 'Unlock it and try again, or let Drover ask for the password every time.',
      where: { side: 'local' },
    });
  }
}
