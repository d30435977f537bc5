// PostgreSQL's password file: host:port:database:user:password, one connection a line, * for anything.

import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { PostgresConnection } from '../../../../shared/model/connection.ts';
import { type FileConnection, homeOf, readClientFile, systemUser } from '../../client-files.ts';
import { DEFAULTS } from './connection-defaults.ts';

/** The password of the first line that matches, as libpq takes it. */
export function filedPassword(connection: PostgresConnection, environment: NodeJS.ProcessEnv): string | null {
  const text = readPasswordFile(passwordFile(environment));
  return text === null ? null : passwordFrom(text, connection);
}

/** The lines that name a database or a user; the rest of each is what libpq would fill in. */
export function passwordFileConnections(environment: NodeJS.ProcessEnv): FileConnection<PostgresConnection>[] {
  const path = passwordFile(environment);
  const lines = linesOf(readPasswordFile(path) ?? '');
  return lines.flatMap((line) => {
    const [host, port, database, user] = line.fields.map((field) => (field === '*' ? null : unescaped(field)));
    const who = user ?? (environment.PGUSER || systemUser(environment));
    const number = Number(port ?? DEFAULTS.port);
    if ((!database && !user) || !who || !(number >= 1 && number <= 65_535)) return [];
    const connection: PostgresConnection = {
      family: 'postgres',
      ...DEFAULTS,
      host: host ?? DEFAULTS.host,
      port: number,
      user: who,
      // libpq's own choice where none is named.
      database: database ?? who,
    };
    const name = database ? `${database} on ${connection.host}` : `${who} on ${connection.host}`;
    return [{ name, connection, password: unescaped(line.password) || null, from: path }];
  });
}

/** Looks a connection up in the text of a password file. */
export function passwordFrom(text: string, connection: PostgresConnection): string | null {
  const host = connection.host.startsWith('/') ? 'localhost' : connection.host;
  const wanted = [host, String(connection.port), connection.database, connection.user];
  const line = linesOf(text).find(({ fields }) =>
    wanted.every((value, i) => fields[i] === '*' || unescaped(fields[i]!) === value),
  );
  return line ? unescaped(line.password) || null : null;
}

interface Line {
  /** Host, port, database and user, as they are written. */
  readonly fields: readonly string[];
  readonly password: string;
}

function linesOf(text: string): readonly Line[] {
  return text.split(/\r?\n/).flatMap((line) => {
    if (line === '' || line.startsWith('#')) return [];
    const parts = line.match(/^((?:\\.|[^:\\])*):((?:\\.|[^:\\])*):((?:\\.|[^:\\])*):((?:\\.|[^:\\])*):(.*)$/);
    return parts ? [{ fields: parts.slice(1, 5), password: parts[5]! }] : [];
  });
}

function unescaped(field: string): string {
  return field.replace(/\\(.)/g, '$1');
}

/** Where it is, whether it is there or not. */
export function passwordFile(environment: NodeJS.ProcessEnv): string {
  if (environment.PGPASSFILE) return environment.PGPASSFILE;
  const home = homeOf(environment);
  return process.platform === 'win32'
    ? join(environment.APPDATA ?? home, 'postgresql', 'pgpass.conf')
    : join(home, '.pgpass');
}

/** Like libpq, a file that others may read is not used. */
function readPasswordFile(path: string): string | null {
  try {
    const { mode } = statSync(path);
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) return null;
  } catch {
    return null;
  }
  return readClientFile(path);
}
