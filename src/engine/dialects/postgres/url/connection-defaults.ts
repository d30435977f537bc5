// What a PostgreSQL connection is where nobody says otherwise, and the modes of TLS.

import type { PostgresConnection, TlsMode } from '../../../../shared/model/connection.ts';

export const DEFAULTS = {
  host: 'localhost',
  port: 5432,
  schema: 'public',
  tls: { mode: 'prefer' },
  connectTimeout: 10,
} as const satisfies Partial<PostgresConnection>;

/** The words of sslmode, weakest first. */
export const TLS_MODES: readonly TlsMode[] = ['disable', 'prefer', 'require', 'verify-ca', 'verify-full'];

/** Undefined where there is no such mode. */
export function tlsModeNamed(word: string): TlsMode | undefined {
  return TLS_MODES.find((mode) => mode === word);
}
