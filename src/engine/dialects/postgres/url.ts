// PostgreSQL URLs, and passwords from the places where PostgreSQL's own clients look.

import { readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { DroverError } from '../../../shared/errors.ts';
import { type Connection, type PostgresConnection, tlsMode } from '../../../shared/model/connection.ts';
import type { UrlForm } from '../dialect.ts';

const DEFAULT_PORT = 5432;
const DEFAULT_TIMEOUT = 10;
const PARAMETERS = ['schema', 'sslmode', 'sslrootcert', 'connect_timeout', 'host'] as const;

export const url: UrlForm = {
  schemes: ['postgres', 'postgresql'],
  hasPassword: true,
  parse,
  format,
  ambientPassword,
};

function parse(text: string): { connection: PostgresConnection; password: string | null } {
  let parsed: URL;
  try {
    // A URL without a host means the local machine; Node's parser wants one before it reads the rest.
    parsed = new URL(text.replace(/^(postgres(?:ql)?:\/\/(?:[^/?#]*@)?)(?=[:/?]|$)/i, '$1localhost'));
  } catch {
    throw badUrl('it is not a URL that can be read');
  }
  const query = parsed.searchParams;
  for (const name of query.keys()) {
    if (!(PARAMETERS as readonly string[]).includes(name)) throw badUrl(`it has an unknown parameter ${name}`);
  }
  const mode = tlsMode.safeParse(query.get('sslmode') ?? 'prefer');
  if (!mode.success) throw badUrl(`sslmode is none of ${tlsMode.options.join(', ')}`);
  const connectTimeout = Number(query.get('connect_timeout') ?? DEFAULT_TIMEOUT);
  if (!(connectTimeout > 0)) throw badUrl('connect_timeout is not a number of seconds above 0');
  const user = decoded(parsed.username);
  const path = parsed.pathname.replace(/^\//, '');
  const database = decoded(path) || user;
  if (user === '') throw badUrl('it names no user');
  if (path.includes('/')) throw badUrl('the database name holds a slash; write it as %2F');
  const schema = query.get('schema') ?? 'public';
  if (schema === '') throw badUrl('the schema is empty');
  const ca = query.get('sslrootcert');
  return {
    connection: {
      family: 'postgres',
      host: query.get('host') ?? (decoded(parsed.hostname).replace(/^\[(.*)\]$/, '$1') || 'localhost'),
      port: parsed.port === '' ? DEFAULT_PORT : Number(parsed.port),
      user,
      database,
      schema,
      tls: { mode: mode.data, ...(ca ? { ca } : {}) },
      connectTimeout,
    },
    password: parsed.password === '' ? null : decoded(parsed.password),
  };
}

function format(connection: Connection): string {
  if (connection.family !== 'postgres') throw new Error('not a PostgreSQL connection');
  const { host, port, user, database, schema, tls, connectTimeout } = connection;
  const parameters: string[] = [];
  const socket = host.startsWith('/');
  if (socket) parameters.push(`host=${encodeURIComponent(host)}`);
  parameters.push(`schema=${encodeURIComponent(schema)}`);
  if (tls.mode !== 'prefer') parameters.push(`sslmode=${tls.mode}`);
  if (tls.ca) parameters.push(`sslrootcert=${encodeURIComponent(tls.ca)}`);
  if (connectTimeout !== DEFAULT_TIMEOUT) parameters.push(`connect_timeout=${connectTimeout}`);
  const address = socket ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  const place = `${encodeURIComponent(user)}@${address}:${port}/${encodeURIComponent(database)}`;
  return `postgres://${place}?${parameters.join('&')}`;
}

/** PGPASSWORD, then the first line of the password file that matches, as libpq does. */
function ambientPassword(connection: Connection, environment: NodeJS.ProcessEnv): string | null {
  if (connection.family !== 'postgres') return null;
  if (environment.PGPASSWORD) return environment.PGPASSWORD;
  const home = environment.HOME ?? homedir();
  const standard =
    process.platform === 'win32'
      ? join(environment.APPDATA ?? home, 'postgresql', 'pgpass.conf')
      : join(home, '.pgpass');
  const text = readPasswordFile(environment.PGPASSFILE || standard);
  return text === null ? null : passwordFrom(text, connection);
}

/** Looks a connection up in the text of a password file: host:port:database:user:password, `*` matches anything. */
export function passwordFrom(text: string, connection: PostgresConnection): string | null {
  const host = connection.host.startsWith('/') ? 'localhost' : connection.host;
  const wanted = [host, String(connection.port), connection.database, connection.user];
  for (const line of text.split(/\r?\n/)) {
    if (line === '' || line.startsWith('#')) continue;
    const fields = line.match(/^((?:\\.|[^:\\])*):((?:\\.|[^:\\])*):((?:\\.|[^:\\])*):((?:\\.|[^:\\])*):(.*)$/);
    if (!fields) continue;
    const matches = wanted.every((value, i) => fields[i + 1] === '*' || unescaped(fields[i + 1]!) === value);
    if (matches) return unescaped(fields[5]!) || null;
  }
  return null;
}

function unescaped(field: string): string {
  return field.replace(/\\(.)/g, '$1');
}

/** Like libpq, a file that others may read is not used. */
function readPasswordFile(path: string): string | null {
  try {
    const { mode } = statSync(path);
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) return null;
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw badUrl('a % in it is not followed by two hexadecimal digits');
  }
}

/** Says what is wrong without repeating the URL: it may hold a password. */
function badUrl(what: string): DroverError {
  return new DroverError('connect.bad-url', `This PostgreSQL URL can't be used: ${what}.`, {
    hint: 'Write it as postgres://user@host:5432/database?schema=public&sslmode=prefer.',
  });
}
