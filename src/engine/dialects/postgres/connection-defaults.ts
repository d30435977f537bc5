// What a PostgreSQL connection is where nobody says otherwise.

import type { PostgresConnection } from '../../../shared/model/connection.ts';

export const DEFAULTS = {
  host: 'localhost',
  port: 5432,
  schema: 'public',
  tls: { mode: 'prefer' },
  connectTimeout: 10,
} as const satisfies Partial<PostgresConnection>;
