// MySQL and MariaDB URLs, and passwords from the places where their own clients look.

import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { DroverError } from '../../../shared/errors.ts';
import type { Connection, MysqlConnection, TlsMode } from '../../../shared/model/connection.ts';
import type { UrlForm } from '../dialect.ts';

const DEFAULT_PORT = 3306;
const DEFAULT_TIMEOUT = 10;
const PARAMETERS = ['ssl-mode', 'ssl-ca', 'connect_timeout', 'socket'];

/** The clients' own words for the modes. */
const TLS_MODES: Readonly<Record<string, TlsMode>> = {
  disabled: 'disable',
  preferred: 'prefer',
  required: 'require',
  'verify-ca': 'verify-ca',
  'verify-identity': 'verify-full',
};

export const url: UrlForm = {
  schemes: ['mysql', 'mariadb'],
  hasPassword: true,
  parse,
  format,
  ambientPassword,
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
  const mode = TLS_MODES[(query.get('ssl-mode') ?? 'preferred').toLowerCase().replace('_', '-')];
  if (!mode) throw badUrl(`ssl-mode is none of ${Object.keys(TLS_MODES).join(', ')}`);
  const connectTimeout = Number(query.get('connect_timeout') ?? DEFAULT_TIMEOUT);
  if (!(connectTimeout > 0)) throw badUrl('connect_timeout is not a number of seconds above 0');
  const user = decoded(parsed.username);
  const path = parsed.pathname.replace(/^\//, '');
  if (user === '') throw badUrl('it names no user');
  if (path === '') throw badUrl('it names no database');
  if (path.includes('/')) throw badUrl('the database name holds a slash; write it as %2F');
  const ca = query.get('ssl-ca');
  return {
    connection: {
      family: 'mysql',
      host: query.get('socket') ?? (decoded(parsed.hostname).replace(/^\[(.*)\]$/, '$1') || 'localhost'),
      port: parsed.port === '' ? DEFAULT_PORT : Number(parsed.port),
      user,
      database: decoded(path),
      tls: { mode, ...(ca ? { ca } : {}) },
      connectTimeout,
    },
    password: parsed.password === '' ? null : decoded(parsed.password),
  };
}

function format(connection: Connection): string {
  if (connection.family !== 'mysql') throw new Error('not a MySQL connection');
  const { host, port, user, database, tls, connectTimeout } = connection;
  const parameters: string[] = [];
  const socket = host.startsWith('/');
  if (socket) parameters.push(`socket=${encodeURIComponent(host)}`);
  if (tls.mode !== 'prefer') parameters.push(`ssl-mode=${wordFor(tls.mode)}`);
  if (tls.ca) parameters.push(`ssl-ca=${encodeURIComponent(tls.ca)}`);
  if (connectTimeout !== DEFAULT_TIMEOUT) parameters.push(`connect_timeout=${connectTimeout}`);
  const address = socket ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  const place = `${encodeURIComponent(user)}@${address}:${port}/${encodeURIComponent(database)}`;
  return `mysql://${place}${parameters.length > 0 ? `?${parameters.join('&')}` : ''}`;
}

/** MYSQL_PWD, then the password of [client] in ~/.my.cnf, as the clients do. */
function ambientPassword(connection: Connection, environment: NodeJS.ProcessEnv): string | null {
  if (connection.family !== 'mysql') return null;
  if (environment.MYSQL_PWD) return environment.MYSQL_PWD;
  try {
    return passwordFrom(readFileSync(join(environment.HOME ?? homedir(), '.my.cnf'), 'utf8'));
  } catch {
    return null;
  }
}

/** The password of the [client] group in the text of an option file. */
export function passwordFrom(text: string): string | null {
  let inClient = false;
  let password: string | null = null;
  for (const line of text.split(/\r?\n/)) {
    const group = /^\s*\[([^\]]*)\]/.exec(line);
    if (group) inClient = group[1] === 'client' || group[1] === 'client-mariadb';
    const option = /^\s*password\s*=\s*(.*?)\s*$/.exec(line);
    if (inClient && option) password = optionValue(option[1]!);
  }
  return password || null;
}

function optionValue(text: string): string {
  const quoted = /^(["'])(.*)\1$/.exec(text);
  // Without quotes a # begins a comment.
  return quoted ? quoted[2]!.replace(/\\(["'\\])/g, '$1') : text.replace(/\s+#.*$/, '');
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
