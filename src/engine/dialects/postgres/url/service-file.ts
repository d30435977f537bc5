// PostgreSQL's service file: named connections in sections, as `psql service=name` reads them.

import { join } from 'node:path';
import type { PostgresConnection } from '../../../../shared/model/connection.ts';
import { type FileConnection, homeOf, readClientFile, sectionsOf, systemUser } from '../../client-files.ts';
import { DEFAULTS, tlsModeNamed } from './connection-defaults.ts';

export function serviceConnections(environment: NodeJS.ProcessEnv): FileConnection<PostgresConnection>[] {
  const path = environment.PGSERVICEFILE || join(homeOf(environment), '.pg_service.conf');
  return sectionsOf(readClientFile(path) ?? '').flatMap(({ name, lines }) => {
    const settings = settingsOf(lines);
    const connection = connectionOf(settings, environment);
    return connection ? [{ name, connection, password: settings.get('password') || null, from: path }] : [];
  });
}

/** The password that a service for this address holds. */
export function servicePassword(connection: PostgresConnection, environment: NodeJS.ProcessEnv): string | null {
  const service = serviceConnections(environment).find(
    (each) => each.password !== null && isSameLogin(each.connection, connection),
  );
  return service?.password ?? null;
}

function connectionOf(
  settings: ReadonlyMap<string, string>,
  environment: NodeJS.ProcessEnv,
): PostgresConnection | null {
  const user = settings.get('user') || environment.PGUSER || systemUser(environment);
  const port = Number(settings.get('port') ?? DEFAULTS.port);
  if (!user || !(Number.isInteger(port) && port >= 1 && port <= 65_535)) return null;
  const ca = settings.get('sslrootcert');
  const timeout = Number(settings.get('connect_timeout'));
  return {
    family: 'postgres',
    host: settings.get('host') || settings.get('hostaddr') || DEFAULTS.host,
    port,
    user,
    database: settings.get('dbname') || user,
    schema: schemaOf(settings.get('options') ?? '') ?? DEFAULTS.schema,
    tls: { mode: tlsModeNamed(settings.get('sslmode') ?? '') ?? DEFAULTS.tls.mode, ...(ca ? { ca } : {}) },
    connectTimeout: timeout > 0 ? timeout : DEFAULTS.connectTimeout,
  };
}

function settingsOf(lines: readonly string[]): ReadonlyMap<string, string> {
  const pairs = lines.flatMap((line) => {
    const [, key, value] = /^\s*([a-z_]+)=(.*)$/.exec(line) ?? [];
    return key === undefined || value === undefined ? [] : [[key, value.trimEnd()] as const];
  });
  return new Map(pairs);
}

/** The first schema of a search_path set with -c. */
function schemaOf(options: string): string | null {
  const [, quoted, bare] = /-c\s*search_path=(?:"([^"]+)"|([^\s,\\]+))/.exec(options) ?? [];
  return quoted ?? bare ?? null;
}

function isSameLogin(a: PostgresConnection, b: PostgresConnection): boolean {
  return a.host === b.host && a.port === b.port && a.user === b.user && a.database === b.database;
}
