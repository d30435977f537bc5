// What a MySQL connection is where nobody says otherwise, and the clients' own words for the modes of TLS.

import type { MysqlConnection, TlsMode } from '../../../../shared/model/connection.ts';

export const DEFAULTS = {
  host: 'localhost',
  port: 3306,
  tls: { mode: 'prefer' },
  connectTimeout: 10,
} as const satisfies Partial<MysqlConnection>;

export const TLS_MODES: Readonly<Record<string, TlsMode>> = {
  disabled: 'disable',
  preferred: 'prefer',
  required: 'require',
  'verify-ca': 'verify-ca',
  'verify-identity': 'verify-full',
};

/** Both spellings, VERIFY_CA and verify-ca; undefined for any other word. */
export function tlsModeNamed(word: string): TlsMode | undefined {
  const name = word.toLowerCase().replace('_', '-');
  return Object.hasOwn(TLS_MODES, name) ? TLS_MODES[name] : undefined;
}
