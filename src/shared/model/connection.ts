// Connection: where a database is and what answers there. Never a secret.

import { z } from 'zod';

export const family = z.enum(['postgres', 'mysql', 'sqlite']);
export type Family = z.infer<typeof family>;

/** The product behind a family: MySQL and MariaDB speak one protocol and differ in much else. */
export const variant = z.enum(['PostgreSQL', 'MySQL', 'MariaDB', 'SQLite']);
export type Variant = z.infer<typeof variant>;

/**
 * How strictly a network connection is protected, weakest first.
 * `prefer` tries TLS and falls back; `require` wants TLS without checking who answers;
 * `verify-ca` checks the certificate; `verify-full` also checks the host's name.
 */
export const tlsMode = z.enum(['disable', 'prefer', 'require', 'verify-ca', 'verify-full']);
export type TlsMode = z.infer<typeof tlsMode>;

export const tlsOptions = z.object({
  mode: tlsMode,
  /** Path of a PEM file with the certificate authorities to trust. */
  ca: z.string().optional(),
});

/** The machine through which a server is reached. The key is a file's path; without one the agent is asked. */
export const sshTunnel = z.object({
  host: z.string(),
  port: z.number().int().min(1).max(65_535),
  user: z.string(),
  key: z.string().optional(),
  /** SHA256:… of the host's key, where known_hosts does not hold it. */
  hostKey: z.string().optional(),
});
export type SshTunnel = z.infer<typeof sshTunnel>;

/** A server reached over TCP or a socket. */
const network = z.object({
  host: z.string(),
  port: z.number().int().min(1).max(65_535),
  user: z.string(),
  database: z.string(),
  tls: tlsOptions,
  /** Seconds until an unanswered connection attempt is given up. */
  connectTimeout: z.number().positive(),
  ssh: sshTunnel.optional(),
});

export const connection = z.discriminatedUnion('family', [
  network.extend({ family: z.literal('postgres'), schema: z.string() }),
  network.extend({ family: z.literal('mysql') }),
  z.object({ family: z.literal('sqlite'), path: z.string() }),
]);
export type Connection = z.infer<typeof connection>;
export type PostgresConnection = Extract<Connection, { family: 'postgres' }>;
export type MysqlConnection = Extract<Connection, { family: 'mysql' }>;

/** A connection with what opens it. Lives in memory only; never saved, printed or logged. */
export interface Access<C extends Connection = Connection> {
  readonly connection: C;
  readonly password: string | null;
  /** Where a tunnel to it begins on this machine: dialled in place of the connection's own address, which stays its name. */
  readonly via?: { readonly host: string; readonly port: number };
}

export const server = z.object({
  family,
  variant,
  /** As the server states it, e.g. "18.4" or "10.11.19-MariaDB". */
  version: z.string(),
  /** Comparable: major × 10000 + minor × 100 + patch. */
  versionNumber: z.number().int(),
});
export type Server = z.infer<typeof server>;
