// MySQL and MariaDB URLs, and passwords from the places where their own clients look.

import type { KnownConnection } from '../../../shared/contract.ts';
import { DroverError } from '../../../shared/errors.ts';
import type { Connection, MysqlConnection, TlsMode } from '../../../shared/model/connection.ts';
import { asKnown } from '../client-files.ts';
import type { UrlForm } from '../dialect.ts';
import { formatSsh, parseSsh, SSH_PARAMETERS } from '../url-ssh.ts';
import { DEFAULTS, TLS_MODES, tlsModeNamed } from './url/connection-defaults.ts';
import { filedPassword, optionFileConnections } from './url/option-file.ts';

const PARAMETERS: readonly string[] = ['ssl-mode', 'ssl-ca', 'connect_timeout', 'socket', ...SSH_PARAMETERS];

export const url: UrlForm = {
  schemes: ['mysql', 'mariadb'],
  hasPassword: true,
  parse,
  format,
  ambientPassword,
  knownConnections,
};

function parse(text: string): { connection: MysqlConnection; password: string | null } {
  let parsed: URL;
  try {
    parsed = new URL(text.replace(/^(mysql|mariadb):\/\/(?=[/?]|$)/i, 'mysql://localhost'));
  } catch {
    throw badUrl('it is not a URL that can be read');
  }
  const query = parsed.searchParams;
  for (const name of query.keys()) if (!PARAMETERS.includes(name)) throw badUrl(`it has an unknown parameter ${name}`);
  const mode = tlsModeNamed(query.get('ssl-mode') ?? wordFor(DEFAULTS.tls.mode));
  if (!mode) throw badUrl(`ssl-mode is none of ${Object.keys(TLS_MODES).join(', ')}`);
  const connectTimeout = Number(query.get('connect_timeout') ?? DEFAULTS.connectTimeout);
  if (!(connectTimeout > 0)) throw badUrl('connect_timeout is not a number of seconds above 0');
  const user = decoded(parsed.username);
  const path = parsed.pathname.replace(/^\//, '');
  if (user === '') throw badUrl('it names no user');
  if (path.includes('/')) throw badUrl('the database name holds a slash; write it as %2F');
  const ca = query.get('ssl-ca');
  const host = query.get('socket') ?? (decoded(parsed.hostname).replace(/^\[(.*)\]$/, '$1') || DEFAULTS.host);
  const ssh = parseSsh(query, badUrl);
  if (ssh && host.startsWith('/')) throw badUrl('ssh leads to a host and a port, not to a socket');
  return {
    connection: {
      family: 'mysql',
      host,
      port: parsed.port === '' ? DEFAULTS.port : Number(parsed.port),
      user,
      database: decoded(path),
      tls: { mode, ...(ca ? { ca } : {}) },
      connectTimeout,
      ...(ssh ? { ssh } : {}),
    },
    password: parsed.password === '' ? null : decoded(parsed.password),
  };
}

function format(connection: Connection): string {
  if (connection.family !== 'mysql') throw new Error('not a MySQL connection');
  const { host, port, user, database, tls, connectTimeout, ssh } = connection;
  const parameters: string[] = [];
  const socket = host.startsWith('/');
  if (socket) parameters.push(`socket=${encodeURIComponent(host)}`);
  if (tls.mode !== DEFAULTS.tls.mode) parameters.push(`ssl-mode=${wordFor(tls.mode)}`);
  if (tls.ca) parameters.push(`ssl-ca=${encodeURIComponent(tls.ca)}`);
  if (connectTimeout !== DEFAULTS.connectTimeout) parameters.push(`connect_timeout=${connectTimeout}`);
  parameters.push(...formatSsh(ssh));
  const address = socket ? 'localhost' : host.includes(':') ? `[${host}]` : encodeURIComponent(host);
  const place = `${encodeURIComponent(user)}@${address}:${port}/${encodeURIComponent(database)}`;
  return `mysql://${place}${parameters.length > 0 ? `?${parameters.join('&')}` : ''}`;
}

/** MYSQL_PWD, then the option file, as the clients do. */
function ambientPassword(connection: Connection, environment: NodeJS.ProcessEnv): string | null {
  if (connection.family !== 'mysql') return null;
  return environment.MYSQL_PWD || filedPassword(connection, environment);
}

function knownConnections(environment: NodeJS.ProcessEnv): readonly KnownConnection[] {
  return asKnown(optionFileConnections(environment), format);
}

function wordFor(mode: TlsMode): string {
  return Object.keys(TLS_MODES).find((word) => TLS_MODES[word] === mode)!;
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
  return new DroverError('connect.bad-url', `This MySQL URL can't be used: ${what}.`, {
    hint: 'Write it as mysql://user@host:3306/database?ssl-mode=preferred.',
  });
}
