// From a URL that a person typed to a connection that can be opened, and the question whether two are one database.

import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { DroverError } from '../../shared/errors.ts';
import type { Access, Connection } from '../../shared/model/connection.ts';
import type { Dialect } from '../dialects/dialect.ts';

export interface ParsedUrl {
  /** Without password: what is saved, shown and logged. */
  readonly url: string;
  readonly connection: Connection;
  /** The password that stood in the URL. */
  readonly password: string | null;
  /** The password that the clients' own files and variables hold. */
  readonly ambientPassword: string | null;
  /** False for files. */
  readonly hasPassword: boolean;
}

export interface Opened {
  readonly dialect: Dialect;
  readonly access: Access;
  readonly url: string;
}

/** Throws `connect.unknown-scheme` and `connect.bad-url`. */
export function parseUrl(url: string, dialects: readonly Dialect[], environment: NodeJS.ProcessEnv): ParsedUrl {
  const dialect = dialectOf(url, dialects);
  const { connection, password } = dialect.url.parse(url);
  return {
    url: dialect.url.format(connection),
    connection,
    password,
    ambientPassword: dialect.url.ambientPassword(connection, environment),
    hasPassword: dialect.url.hasPassword,
  };
}

/** The password given beside the URL wins over the one inside it, and that over the environment's. */
export function resolveEndpoint(
  endpoint: { readonly url: string; readonly password: string | null },
  dialects: readonly Dialect[],
  environment: NodeJS.ProcessEnv,
): Opened {
  const parsed = parseUrl(endpoint.url, dialects, environment);
  return {
    dialect: dialectOf(endpoint.url, dialects),
    url: parsed.url,
    access: { connection: parsed.connection, password: endpoint.password ?? parsed.password ?? parsed.ambientPassword },
  };
}

/** Whether both connections lead to one and the same place, as far as their addresses tell. */
export function isSameDatabase(a: Connection, b: Connection): boolean {
  return placeOf(a) === placeOf(b);
}

function dialectOf(url: string, dialects: readonly Dialect[]): Dialect {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase();
  const dialect = dialects.find((candidate) => scheme !== undefined && candidate.url.schemes.includes(scheme));
  if (dialect) return dialect;
  const known = dialects.flatMap((each) => each.url.schemes).map((each) => `${each}:`);
  throw new DroverError(
    'connect.unknown-scheme',
    scheme ? `Drover does not know ${scheme}: databases.` : 'This is not a database URL.',
    { hint: `Begin the URL with one of ${known.join(', ')}, for example postgres://user@host:5432/database.` },
  );
}

function placeOf(connection: Connection): string {
  if (connection.family === 'sqlite') return `sqlite:${realPath(connection.path)}`;
  const host = ['localhost', '::1', '[::1]'].includes(connection.host.toLowerCase())
    ? '127.0.0.1'
    : connection.host.toLowerCase();
  const inside = connection.family === 'postgres' ? `${connection.database}/${connection.schema}` : connection.database;
  return `${connection.family}:${host}:${connection.port}/${inside}`;
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}
