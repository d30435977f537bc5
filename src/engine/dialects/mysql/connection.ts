// Opens connections to MySQL and MariaDB, with Drover's session settings, and tells every way that can fail.

import { connect as connectSocket, type Socket } from 'node:net';
import type { ConnectionOptions, Connection as Driver, FieldPacket, SslOptions } from 'mysql2';
import { DroverError } from '../../../shared/errors.ts';
import type { Access, MysqlConnection, Server } from '../../../shared/model/connection.ts';
import { authoritiesIn, machineAuthorities } from '../authorities.ts';
import { Teller, type Told } from '../told.ts';
import { connectError, type ServerError } from './errors.ts';
import { OLDEST, sessionSettings, wishedSettings } from './settings.ts';
import type { RawConnection } from './wire/command.ts';
import { connectReusing } from './wire/socket.ts';

export type Row = Record<string, unknown>;

/** One open connection. Errors of `query` are the driver's own: who asks knows what it was for. */
export interface Link {
  readonly server: Server;
  readonly database: string;
  readonly tls: boolean;
  readonly id: number;
  /** For Drover's own commands. */
  readonly raw: RawConnection;
  /** MariaDB's COM_STMT_BULK_EXECUTE. */
  readonly takesBulk: boolean;
  /** Returns the number of the statement at the server, which keeps it until `unprepare`. */
  prepare(sql: string): Promise<number>;
  unprepare(sql: string): void;
  query: (sql: string, parameters?: readonly unknown[]) => Promise<Row[]>;
  /** How the server describes the columns of a SELECT. */
  fields(sql: string): Promise<readonly FieldPacket[]>;
  /** True once the connection can't be used any more. */
  readonly closed: boolean;
  close(): Promise<void>;
  /** Ends it at once, whatever it is doing. */
  destroy(): void;
}

export async function open(access: Access, role: 'source' | 'target', told?: Told): Promise<Link> {
  const { connection, password } = access;
  if (connection.family !== 'mysql') throw new Error('not a MySQL connection');
  if (connection.database === '') throw noDatabase();
  try {
    const { driver, tls } = await connected({ ...access, connection });
    try {
      const link = await prepared(driver, connection, tls, role);
      return told ? listening(link, new Teller(told)) : link;
    } catch (error) {
      driver.destroy();
      throw error;
    }
  } catch (thrown) {
    throw connectError(thrown, connection, password);
  }
}

async function connected(access: Access<MysqlConnection>): Promise<{ driver: Driver; tls: boolean }> {
  const { connection } = access;
  const { mode, ca } = connection.tls;
  if (mode === 'disable' || connection.host.startsWith('/')) {
    return { driver: await dial(access, null), tls: false };
  }
  const checked = mode === 'verify-ca' || mode === 'verify-full';
  const ssl: SslOptions = {
    rejectUnauthorized: checked,
    verifyIdentity: mode === 'verify-full',
    ...(checked || ca
      ? { ca: ca ? authoritiesIn(ca, 'Check the path after ssl-ca= in the URL.') : machineAuthorities() }
      : {}),
  };
  try {
    return { driver: await dial(access, ssl), tls: true };
  } catch (error) {
    const refused = ['HANDSHAKE_NO_SSL_SUPPORT', 'HANDSHAKE_SSL_ERROR'].includes((error as ServerError).code ?? '');
    if (mode !== 'prefer' || !refused) throw error;
    return { driver: await dial(access, null), tls: false };
  }
}

let loading: Promise<typeof import('mysql2')> | null = null;

/** Each thread loads only the drivers it uses: one takes a tenth of Drover's memory. */
function driverLoaded(): Promise<typeof import('mysql2')> {
  loading ??= import('mysql2').then((driver) => {
    // It has room for 15,000 from the beginning: a megabyte.
    driver.setMaxParserCache(100);
    return driver;
  });
  return loading;
}

async function dial(access: Access<MysqlConnection>, ssl: SslOptions | null): Promise<Driver> {
  const { createConnection } = await driverLoaded();
  const { connection, password } = access;
  const socket = socketTo(access, ssl !== null);
  const options: ConnectionOptions = {
    // With TLS it is this name that the certificate must bear, whichever way leads there.
    host: connection.host,
    port: connection.port,
    user: connection.user,
    database: connection.database,
    ...(password === null ? {} : { password }),
    ...(ssl ? { ssl } : {}),
    stream: () => socket,
    connectTimeout: connection.connectTimeout * 1000,
    charset: 'utf8mb4',
    supportBigNumbers: true,
    dateStrings: true,
    jsonStrings: true,
    multipleStatements: false,
    // A server must never get to ask for a file of this machine; Drover's own statements carry no attributes.
    flags: ['-LOCAL_FILES', '-CLIENT_QUERY_ATTRIBUTES'],
    connectAttributes: { program_name: 'drover' },
  };
  return new Promise((resolve, reject) => {
    const driver = createConnection(options);
    offerBulk(driver);
    let open = false;
    driver.once('connect', () => {
      open = true;
      resolve(driver);
    });
    // Stays for the connection's life: an error between commands is told by the next command.
    driver.on('error', (error) => {
      // Not every refusal ends it, at the server or here.
      if (!open) socket.destroy();
      reject(error);
    });
  });
}

/** Of mysql2's insides: what it is to tell a MariaDB that it can, beside what it needs itself. */
interface Greeting {
  readonly _command: { mariadbExtendedClientFlags: number };
}

/** And what the server said that it can. */
interface Greeted {
  readonly _handshakePacket: { readonly mariadbExtendedCapabilityFlags: number };
}

/** https://mariadb.com/docs/server/reference/clientserver-protocol/1-connecting/connection: their upper half */
const BULK = 0x04;
/** mysql2 tells a server any of these only where this is one of them. */
const EXTENDED_METADATA = 0x08;

/** mysql2 knows no bulk INSERT. MySQL reads zeros where this stands, whatever stands there. */
function offerBulk(driver: Driver): void {
  (driver as unknown as Greeting)._command.mariadbExtendedClientFlags |= BULK;
}

function takesBulk(driver: Driver): boolean {
  const wanted = BULK | EXTENDED_METADATA;
  return ((driver as unknown as Greeted)._handshakePacket.mariadbExtendedCapabilityFlags & wanted) === wanted;
}

/** `_host` is where node looks for the name to check a certificate against; for addresses nothing else sets it. */
function socketTo({ connection, via = connection }: Access<MysqlConnection>, tls: boolean): Socket {
  const { host, port } = via;
  const options = host.startsWith('/') ? { path: host } : { host, port, keepAlive: true, noDelay: true };
  const socket = tls ? connectSocket(options) : connectReusing(options);
  return Object.assign(socket, { _host: connection.host });
}

function noDatabase(): DroverError {
  return new DroverError('connect.no-such-database', 'No database is named.', {
    hint: 'Write its name behind the address: mysql://user@host:3306/database.',
  });
}

async function prepared(
  driver: Driver,
  connection: MysqlConnection,
  tls: boolean,
  role: 'source' | 'target',
): Promise<Link> {
  const query = (sql: string, parameters?: readonly unknown[]) => ask(driver, sql, parameters);
  const [row] = await query('SELECT VERSION() AS version, CONNECTION_ID() AS id');
  const server = serverOf(String(row?.version));
  if (server.versionNumber < OLDEST[server.variant === 'MariaDB' ? 'MariaDB' : 'MySQL']) throw tooOld(server);
  for (const statement of sessionSettings(server, role)) await query(statement);
  for (const statement of wishedSettings()) await query(statement).catch(() => undefined);
  let closed = false;
  driver.on('end', () => {
    closed = true;
  });
  const raw = driver as unknown as RawConnection;
  return {
    server,
    database: connection.database,
    tls,
    id: Number(row?.id),
    raw,
    takesBulk: takesBulk(driver),
    prepare: (sql) => prepare(driver, sql),
    unprepare: (sql) => {
      driver.unprepare(sql);
    },
    query,
    fields: (sql) => fieldsOf(driver, sql),
    get closed() {
      return closed || raw.stream.destroyed;
    },
    async close() {
      if (closed || raw.stream.destroyed) return;
      closed = true;
      await new Promise<void>((resolve) => {
        raw.stream.once('close', resolve);
        driver.end(() => raw.stream.end());
      });
    },
    destroy() {
      closed = true;
      raw.stream.destroy();
    },
  };
}

function listening(link: Link, teller: Teller): Link {
  const ask = link.query;
  link.query = async (sql, parameters) => {
    try {
      const rows = await ask(sql, parameters);
      teller.done(sql);
      return rows;
    } catch (error) {
      // Only the server itself gives a state.
      teller.failed(sql, error, (error as { sqlState?: unknown }).sqlState !== undefined);
      throw error;
    }
  };
  return link;
}

function ask(driver: Driver, sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
  return new Promise((resolve, reject) => {
    driver.query(sql, [...parameters], (error, rows) => {
      if (error) reject(error);
      else resolve(Array.isArray(rows) ? (rows as Row[]) : []);
    });
  });
}

function prepare(driver: Driver, sql: string): Promise<number> {
  return new Promise((resolve, reject) => {
    driver.prepare(sql, (error, statement) => {
      if (error) reject(error);
      else resolve((statement as unknown as { readonly id: number }).id);
    });
  });
}

function fieldsOf(driver: Driver, sql: string): Promise<readonly FieldPacket[]> {
  return new Promise((resolve, reject) => {
    driver.query(sql, (error, _rows, fields) => {
      if (error) reject(error);
      else resolve(fields ?? []);
    });
  });
}

/** "10.11.19-MariaDB-0+deb12u1" → MariaDB 101119; "8.4.3" → MySQL 80403. */
export function serverOf(version: string): Server {
  const [, major = 0, minor = 0, patch = 0] = /^(\d+)\.(\d+)(?:\.(\d+))?/.exec(version) ?? [];
  return {
    family: 'mysql',
    variant: /mariadb/i.test(version) ? 'MariaDB' : 'MySQL',
    version,
    versionNumber: Number(major) * 10_000 + Number(minor) * 100 + Number(patch),
  };
}

function tooOld(server: Server): DroverError {
  return new DroverError('connect.unsupported-version', `${server.variant} ${server.version} is too old for Drover.`, {
    hint: 'Drover works with MySQL 8.0 and later and MariaDB 10.6 and later.',
  });
}
