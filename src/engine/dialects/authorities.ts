// Whom certificates of servers are checked against: the authorities in a file, else those that this machine trusts.

import { readFileSync } from 'node:fs';
import { getCACertificates } from 'node:tls';
import { DroverError } from '../../shared/errors.ts';

/** PEM text of the file. `hint` says where its path was given. Throws `connect.tls-not-trusted`. */
export function authoritiesIn(path: string, hint: string): string {
  const refused = (cause: string) =>
    new DroverError('connect.tls-not-trusted', `The file of certificate authorities ${path} can't be used.`, {
      cause,
      hint,
    });
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw refused((error as Error).message);
  }
  // Node would go on without a word, and trust nobody.
  if (!/-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----/.test(text))
    throw refused('It holds no certificate in PEM form.');
  return text;
}

/** Node's own list and that of the system, where a company keeps its own. */
export function machineAuthorities(): string[] {
  return [...new Set([...getCACertificates('default'), ...systemAuthorities()])];
}

function systemAuthorities(): readonly string[] {
  try {
    return getCACertificates('system');
  } catch {
    return [];
  }
}

/** Without the advice for people who start Node themselves. */
export function certificateCause(message: string): string {
  return message.replace(/; if the root CA is installed locally.*$/s, '').replace(/'s list: $/, "'s list");
}
