// PostgreSQL URLs, and passwords from the places where PostgreSQL's own clients look.

import type { KnownConnection } from '../../../shared/contract.ts';
import { DroverError } from '../../../shared/errors.ts';
import type { Connection, PostgresConnection } from '../../../shared/model/connection.ts';
import { asKnown } from '../client-files.ts';
import type { UrlForm } from '../dialect.ts';
import { formatSsh, parseSsh, SSH_PARAMETERS } from '../url-ssh.ts';
import { DEFAULTS, TLS_MODES, tlsModeNamed } from './url/connection-defaults.ts';
import { filedPassword, passwordFile, passwordFileConnections } from './url/password-file.ts';
import { serviceConnections, servicePassword } from './url/service-file.ts';

const PARAMETERS: readonly string[] = [
  'schema',
  'sslmode',
  'sslrootcert',
  'connect_timeout',
  'host',
  ...SSH_PARAMETERS,
];

export const url: UrlForm = {
  schemes: ['postgres', 'postgresql'],
  hasPassword: true,
  parse,
  format,
  ambientPassword,
  knownConnections,
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
    if (!PARAMETERS.includes(name)) throw badUrl(`it has an unknown parameter ${name}`);
  }
  const mode = tlsModeNamed(query.get('sslmode') ?? DEFAULTS.tls.mode);
  if (!mode) throw badUrl(`sslmode is none of ${TLS_MODES.join(', ')}`);
  const connectTimeout = Number(query.get('connect_timeout') ?? DEFAULTS.connectTimeout);
  if (!(connectTimeout > 0)) throw badUrl('connect_timeout is not a number of seconds above 0');
  const user = decoded(parsed.username);
  const path = parsed.pathname.replace(/^\//, '');
  const database = decoded(path) || user;
  if (user === '') throw badUrl('it names no user');
  if (path.includes('/')) throw badUrl('the database name holds a slash; write it as %2F');
  const schema = query.get('schema') ?? DEFAULTS.schema;
  if (schema === '') throw badUrl('the schema is empty');
  const ca = query.get('sslrootcert');
  const host = query.get('host') ?? (decoded(parsed.hostname).replace(/^\[(.*)\]$/, '$1') || DEFAULTS.host);
  const ssh = parseSsh(query, badUrl);
  if (ssh && host.startsWith('/')) throw badUrl('ssh leads to a host and a port, not to a socket');
  return {
    connection: {
      family: 'postgres',
      host,
      port: parsed.port === '' ? DEFAULTS.port : Number(parsed.port),
      user,
      database,
      schema,
      tls: { mode, ...(ca ? { ca } : {}) },
      connectTimeout,
      ...(ssh ? { ssh } : {}),
    },
    password: parsed.password === '' ? null : decoded(parsed.password),
  };
}

function format(connection: Connection): string {
  if (connection.family !== 'postgres') throw new Error('not a PostgreSQL connection');
  const { host, port, user, database, schema, tls, connectTimeout, ssh } = connection;
  const parameters: string[] = [];
  const socket = host.startsWith('/');
  if (socket) parameters.push(`host=${encodeURIComponent(host)}`);
  parameters.push(`schema=${encodeURIComponent(schema)}`);
  if (tls.mode !== DEFAULTS.tls.mode) parameters.push(`sslmode=${tls.mode}`);
  if (tls.ca) parameters.push(`sslrootcert=${encodeURIComponent(tls.ca)}`);
  if (connectTimeout !== DEFAULTS.connectTimeout) parameters.push(`connect_timeout=${connectTimeout}`);
  parameters.push(...formatSsh(ssh));
  const address = socket ? 'localhost' : host.includes(':') ? `[${host}]` : encodeURIComponent(host);
  const place = `${encodeURIComponent(user)}@${address}:${port}/${encodeURIComponent(database)}`;
  return `postgres://${place}?${parameters.join('&')}`;
}

/** PGPASSWORD, then the password file, as libpq does; then a service for the same address. */
function ambientPassword(connection: Connection, environment: NodeJS.ProcessEnv): string | null {
  if (connection.family !== 'postgres') return null;
  return environment.PGPASSWORD || filedPassword(connection, environment) || servicePassword(connection, environment);
}

/** Services first: they have names. A service often leaves its password to the password file. */
function knownConnections(environment: NodeJS.ProcessEnv): readonly KnownConnection[] {
  const services = serviceConnections(environment).map((each) =>
    each.password === null
      ? {
          ...each,
          password: filedPassword(each.connection, environment),
          passwordFrom: passwordFile(environment),
        }
      : each,
  );
  return asKnown([...services, ...passwordFileConnections(environment)], format);
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
