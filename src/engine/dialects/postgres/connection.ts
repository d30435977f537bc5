// Opens connections to PostgreSQL, and says in plain words why one could not be opened.

import { existsSync } from 'node:fs';
import { isIP, Socket } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { DroverError, type ErrorCode } from '../../../shared/errors.ts';
import type { Access, Connection, PostgresConnection, Server, TlsMode } from '../../../shared/model/connection.ts';
import { authoritiesIn, certificateCause, machineAuthorities } from '../authorities.ts';
import { Teller, type Told } from '../told.ts';
import { OLDEST_VERSION } from './capabilities.ts';
import { causeOf, type ServerError } from './errors.ts';
import { sessionSettings } from './settings.ts';

/** An open connection, with what is known of the server behind it. */
export interface Link {
  readonly client: pg.Client;
  readonly connection: PostgresConnection;
  /** What was dialled: the connection's own address, or the tunnel that leads there. */
  readonly dialled: Pick<PostgresConnection, 'host' | 'port'>;
  readonly server: Server;
  readonly tls: boolean;
}

export type Role = 'source' | 'target';

/** Connects, checks the version and applies the session's settings. Throws `connect.*`. */
export async function open(access: Access, role: Role, purpose: string, told?: Told): Promise<Link> {
  const connection = postgresConnection(access.connection);
  const client = await connect({ ...access, connection }, purpose);
  try {
    const { rows } = await client.query<{ version: string; number: string }>(
      `SELECT current_setting('server_version') AS version, current_setting('server_version_num') AS number`,
    );
    const server = serverOf(rows[0]!.version, Number(rows[0]!.number));
    await client.query(sessionSettings(role, connection.schema, server));
    if (told) listen(client, new Teller(told));
    return { client, connection, dialled: access.via ?? connection, server, tls: isEncrypted(client) };
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error instanceof DroverError ? error : connectError(error as ServerError, connection);
  }
}

/** To statements that are asked as text: cursors and COPY have ways of their own, and change nothing but chunks. */
function listen(client: pg.Client, teller: Teller): void {
  const ask = client.query.bind(client) as (...input: unknown[]) => Promise<unknown>;
  const asked = async (...input: unknown[]): Promise<unknown> => {
    const [sql] = input;
    try {
      const answer = await ask(...input);
      if (typeof sql === 'string') teller.done(sql);
      return answer;
    } catch (error) {
      // Only the server itself gives a severity.
      if (typeof sql === 'string') teller.failed(sql, error, (error as { severity?: unknown }).severity !== undefined);
      throw error;
    }
  };
  client.query = asked as typeof client.query;
}

export async function close(client: pg.Client): Promise<void> {
  await client.end().catch(() => undefined);
}

export function postgresConnection(connection: Connection): PostgresConnection {
  if (connection.family !== 'postgres') throw new Error(`not a PostgreSQL connection: ${connection.family}`);
  return connection;
}

/** `prefer` falls back to an open connection when TLS is not offered, fails, or is not admitted. */
async function connect(access: Access<PostgresConnection>, purpose: string): Promise<pg.Client> {
  const { connection } = access;
  const { mode } = connection.tls;
  if (mode === 'prefer' && !connection.host.startsWith('/')) {
    try {
      return await attempt(access, purpose, 'require');
    } catch (error) {
      if (!speaksAgainstTls(error as ServerError)) throw connectError(error as ServerError, connection);
    }
  }
  try {
    return await attempt(access, purpose, mode === 'prefer' ? 'disable' : mode);
  } catch (error) {
    throw error instanceof DroverError ? error : connectError(error as ServerError, connection);
  }
}

async function attempt(
  { connection, password, via = connection }: Access<PostgresConnection>,
  purpose: string,
  mode: TlsMode,
): Promise<pg.Client> {
  // Each thread loads only the drivers it uses: one takes some megabytes of Drover's memory.
  const { default: driver } = await import('pg');
  const socket = new Socket();
  const client = new driver.Client({
    stream: () => socket,
    host: via.host,
    port: via.port,
    user: connection.user,
    // A function keeps the driver from looking for passwords by itself.
    password: () => password ?? '',
    database: connection.database,
    ssl: tlsSettings(connection, mode),
    connectionTimeoutMillis: connection.connectTimeout * 1000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 30_000,
    application_name: `drover ${purpose}`,
    client_encoding: 'UTF8',
    options: '',
    types: { getTypeParser: () => (text: string) => text },
  });
  // Without a listener a lost idle connection would end the process; the next query tells of the loss.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    // Where the driver itself gives up, for want of a password, the server would wait a minute for the rest, and in
    // that time drop no database.
    socket.destroy();
    throw error;
  }
}

/** The server is called by its own name, and its certificate must bear it, whichever way leads there. */
function tlsSettings({ host, tls: { ca } }: PostgresConnection, mode: TlsMode): pg.ClientConfig['ssl'] {
  const name = { host, ...(isIP(host) ? {} : { servername: host }) };
  const anyName = { ...name, checkServerIdentity: () => undefined };
  switch (mode) {
    case 'disable':
    case 'prefer':
      return false;
    case 'require':
      // As libpq does: with an authority given, `require` checks the certificate.
      return ca ? { ...anyName, rejectUnauthorized: true, ...authority(ca) } : { ...name, rejectUnauthorized: false };
    case 'verify-ca':
      return { ...anyName, rejectUnauthorized: true, ...authority(ca) };
    case 'verify-full':
      return { ...name, rejectUnauthorized: true, ...authority(ca) };
  }
}

/** The given file, else libpq's standard place, else the authorities that this machine trusts. */
function authority(path: string | undefined): { ca: string | string[] } {
  const usual = join(homedir(), '.postgresql', 'root.crt');
  const file = path ?? (existsSync(usual) ? usual : 'system');
  if (file === 'system') return { ca: machineAuthorities() };
  return {
    ca: authoritiesIn(file, 'Give sslrootcert the path of a PEM file with the certificate authority.'),
  };
}

function speaksAgainstTls(error: ServerError): boolean {
  return isTlsRefusal(error) || isCertificateFault(error) || error.code === '28000';
}

function isTlsRefusal(error: ServerError): boolean {
  return /SSL connection/.test(error.message) || /^(ERR_SSL_|ERR_TLS_|EPROTO)/.test(error.code ?? '');
}

function isCertificateFault(error: ServerError): boolean {
  return /SELF_SIGNED|UNABLE_TO_|^CERT_|ALTNAME_INVALID/.test(error.code ?? '');
}

function serverOf(version: string, number: number): Server {
  if (!(number >= OLDEST_VERSION)) {
    throw new DroverError('connect.unsupported-version', `PostgreSQL ${version} is too old for Drover.`, {
      hint: 'Use PostgreSQL 13 or newer.',
    });
  }
  const major = Math.floor(number / 10_000);
  return {
    family: 'postgres',
    variant: 'PostgreSQL',
    version: version.split(' ')[0]!,
    versionNumber: major * 10_000 + (number % 10_000) * 100,
  };
}

function isEncrypted(client: pg.Client): boolean {
  const { stream } = (client as unknown as { connection: { stream: { encrypted?: boolean } } }).connection;
  return stream.encrypted === true;
}

/** What went wrong, why, and what to do. Never the password. */
function connectError(error: ServerError, connection: PostgresConnection): DroverError {
  if (error instanceof DroverError) return error;
  const [code, message, hint] = diagnose(error, connection, placeOf(connection));
  return new DroverError(code, message, { cause: certificateCause(causeOf(error)) || null, hint });
}

function placeOf({ host, port, ssh }: PostgresConnection): string {
  if (host.startsWith('/')) return host;
  return ssh ? `${host}:${port} behind ${ssh.host}` : `${host}:${port}`;
}

function diagnose(
  error: ServerError,
  { user, database, connectTimeout }: PostgresConnection,
  place: string,
): readonly [ErrorCode, string, string] {
  if (/timeout expired/.test(error.message) || error.code === 'ETIMEDOUT') {
    return [
      'connect.timeout',
      `PostgreSQL at ${place} did not answer within ${connectTimeout} seconds.`,
      'Check host and port, and whether a firewall is in between; connect_timeout in the URL gives it longer.',
    ];
  }
  if (error.code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return [
      'connect.tls-wrong-host',
      `The certificate of PostgreSQL at ${place} is trusted, and made out to another host.`,
      'Connect by a name that the certificate bears, or use sslmode=verify-ca to check only who signed it.',
    ];
  }
  if (isCertificateFault(error)) {
    return [
      'connect.tls-not-trusted',
      `The certificate of PostgreSQL at ${place} is not trusted.`,
      'Give the authority with sslrootcert, or use sslmode=require to encrypt without checking who answers.',
    ];
  }
  if (isTlsRefusal(error)) {
    return [
      'connect.tls-refused',
      `PostgreSQL at ${place} does not offer TLS, or TLS could not be agreed on.`,
      'Switch TLS on in the server, or use sslmode=prefer or sslmode=disable on a network you trust.',
    ];
  }
  if (/password must be a|empty password returned/.test(error.message)) {
    return [
      'connect.wrong-password',
      `PostgreSQL at ${place} asks for the password of ${user}, and none was given.`,
      'Give the password: at the prompt, in DROVER_SOURCE_PASSWORD or DROVER_TARGET_PASSWORD, PGPASSWORD or .pgpass.',
    ];
  }
  switch (error.code) {
    case '28P01':
      return [
        'connect.wrong-password',
        `PostgreSQL at ${place} does not accept this password for ${user}.`,
        'Check user and password.',
      ];
    case '28000':
      return [
        'connect.wrong-password',
        `PostgreSQL at ${place} does not let ${user} in.`,
        "Check that the role exists and may log in, and that the server's pg_hba.conf admits this address.",
      ];
    case '3D000':
      return [
        'connect.no-such-database',
        `There is no database ${database} at ${place}.`,
        'Check the name, or create the database first.',
      ];
    case '42501':
      return [
        'connect.no-privilege',
        `${user} may not connect to the database ${database} at ${place}.`,
        `GRANT CONNECT ON DATABASE ${database} TO ${user}, or connect as another role.`,
      ];
    case '53300':
    case '57P03':
      return [
        'connect.unreachable',
        `PostgreSQL at ${place} takes no connections at the moment.`,
        'Try again in a moment; if it stays so, look at max_connections and the state of the server.',
      ];
    default:
      return [
        'connect.unreachable',
        `PostgreSQL at ${place} can't be reached.`,
        'Check host and port, and that the server runs and accepts connections from here.',
      ];
  }
}
