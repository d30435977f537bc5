// The keychain of the desktop: passwords encrypted with a key that the operating system keeps, in a file that only it opens.

import { join } from 'node:path';
import type { SafeStorage } from 'electron';
import { z } from 'zod';
import { openDrawer } from '../host/desk/drawer.ts';
import type { Keychain } from '../host/desk/secrets.ts';

type Storage = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
>;

/** By URL without password: base64 of what the system's key has encrypted. */
const encrypted = z.record(z.string(), z.string());

export function openKeychain(storage: Storage, home: string, platform: NodeJS.Platform): Keychain {
  const drawer = openDrawer(join(home, 'keychain.json'), encrypted, {});

  /** Without a keyring, Electron on Linux would encrypt with a constant that everybody knows. */
  async function available(): ReturnType<Keychain['available']> {
    if (platform === 'linux' && ['basic_text', 'unknown'].includes(storage.getSelectedStorageBackend())) {
      return {
        available: false,
        reason: 'No keyring was found on this desktop (GNOME Keyring or KWallet), so passwords are not saved.',
      };
    }
    if (await storage.isAsyncEncryptionAvailable()) return { available: true, reason: null };
    return {
      available: false,
      reason: 'The keychain of this system is locked or refuses, so passwords are not saved.',
    };
  }

  return {
    available,
    async get(url) {
      const text = (await drawer.read())[url];
      if (text === undefined) return null;
      return (await storage.decryptStringAsync(Buffer.from(text, 'base64'))).result;
    },
    async set(url, secret) {
      const { available: works, reason } = await available();
      if (!works) throw new Error(reason ?? 'There is no keychain.');
      const text = (await storage.encryptStringAsync(secret)).toString('base64');
      await drawer.change((held) => ({ ...held, [url]: text }));
    },
    async delete(url) {
      if (!(url in (await drawer.read()))) return;
      await drawer.change(({ [url]: _, ...rest }) => rest);
    },
  };
}
