// The server's and the socket's errors, told as Drover's own.

import { DroverError, type DroverErrorData, type ErrorCode } from '../../../shared/errors.ts';
import type { MysqlConnection } from '../../../shared/model/connection.ts';
import { redactDatabaseText } from '../../support/redact.ts';
import { certificateCause } from '../authorities.ts';
import { READS_ONLY } from '../filter.ts';

/** What mysql2 and Drover's own commands throw; all fields are absent on errors of other kinds. */
export interface ServerError extends Error {
  readonly errno?: number;
  readonly sqlState?: string;
  /** ER_… names, or the socket's codes. */
  readonly code?: string;
}

export interface Doing {
  /** What failed, as a sentence without its full stop: "Creating the staging database failed". */
  readonly what: string;
  /** Used where the error itself does not say more. */
  readonly code: ErrorCode;
  readonly hint?: string;
  readonly where?: DroverErrorData['where'];
  /** It only reads: what would write is SQL of the user's. */
  readonly reads?: boolean;
}

const LOST_ERRNO = [1053, 1152, 1158, 1159, 1160, 1161, 1927, 4031];
const LOST_CODE = ['PROTOCOL_CONNECTION_LOST', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ECONNABORTED'];
const DENIED = [1044, 1142, 1143, 1227, 1370, 1410];
const READ_ONLY = [1290, 1792, 1836, 3707];
const ROW_TOO_LARGE = 1118;
const DISK_FULL = [1021, 1114];
/** Memory, connections, locks, time limits, somebody's KILL: no statement is to blame for them. */
const SERVER = [1026, 1037, 1038, 1040, 1041, 1135, 1203, 1205, 1206, 1213, 1223, 1317, 1969, 3024, 3572];

/** Any failure of a statement. A DroverError passes as it is. */
export function statementError(thrown: unknown, doing: Doing): DroverError {
  if (thrown instanceof DroverError) return thrown;
  const error = thrown as ServerError;
  const cause = causeOf(error);
  const where = doing.where ?? {};
  if (isLost(error)) {
    return new DroverError('connect.lost', 'The connection to the database server was lost.', {
      cause,
      hint: 'Check the server and the network, then run again.',
      where,
    });
  }
  if (isLocked(error)) {
    return new DroverError('run.contended', `${doing.what}: another session was in the way.`, {
      cause,
      hint: 'Try again when the other session has ended its work.',
      where,
    });
  }
  const errno = error.errno ?? 0;
  if (DENIED.includes(errno)) {
    return new DroverError('connect.no-privilege', `${doing.what}: this account is not allowed to.`, {
      cause,
      hint: 'Grant the privilege that the cause names, or connect as another user.',
      where,
    });
  }
  if (isDiskFull(error)) {
    return new DroverError('support.disk-full', "The database server's disk or tablespace is full.", {
      cause,
      hint: 'Free some space on the server and run again.',
      where,
    });
  }
  if (errno === ROW_TOO_LARGE) {
    return new DroverError(doing.code, `${doing.what}.`, {
      cause,
      hint: 'Give long columns a type for large values, such as text, or leave some of them out.',
      where,
    });
  }
  if (READ_ONLY.includes(errno)) {
    if (doing.reads) return new DroverError(doing.code, `${doing.what}.`, { cause, hint: READS_ONLY, where });
    return new DroverError('connect.read-only', 'This database server or session only allows reading.', {
      cause,
      hint: 'Connect to the primary server, with an account that may write.',
      where,
    });
  }
  const code = SERVER.includes(errno) ? 'support.server' : doing.code;
  return new DroverError(code, `${doing.what}.`, { cause, hint: doing.hint ?? null, where });
}

/** ENOSPC comes with the number of whatever could not be written: a file, a table, a database, an engine's own. */
function isDiskFull({ errno, message }: ServerError): boolean {
  return DISK_FULL.includes(errno ?? 0) || /\b(errno|Errcode|error) ?:? 28\b/i.test(message);
}

/** Runs a piece of work and tells its failure; with a filter of the user's, what can't be understood is its fault. */
export async function telling<T>(doing: Doing, work: () => Promise<T>, filter: string | null = null): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw statementError(error, filter === null ? doing : blaming(error as ServerError, doing));
  }
}

function blaming({ sqlState }: ServerError, doing: Doing): Doing {
  if (!/^(42|22|25006)/.test(sqlState ?? '')) return doing;
  return { ...doing, code: 'plan.bad-filter', hint: 'Check the filter: it is a condition in the SQL of the source.' };
}

/** The server's words with its number and SQLSTATE, without row values. */
export function causeOf(error: ServerError): string {
  const text = withoutValues(error.message, error.errno);
  if (!error.sqlState || !error.errno) return text;
  return `${text} (error ${error.errno}, SQLSTATE ${error.sqlState})`;
}

/** The column that an error or warning names; undefined where it names none. */
export function columnOf(message: string): string | undefined {
  return (/for column (?:`[^`]*`\.`[^`]*`\.)?[`'](.+?)[`'] at row/.exec(message) ??
    /^Column '(.+?)' cannot be null/.exec(message) ??
    /^Field '(.+?)' doesn't have/.exec(message))?.[1];
}

/** The statement took longer than it may: ER_STATEMENT_TIMEOUT of MariaDB, ER_QUERY_TIMEOUT of MySQL. */
export function isTimeout(error: unknown): boolean {
  return [1969, 3024].includes((error as ServerError).errno ?? 0);
}

export function isLost(error: ServerError): boolean {
  return (
    LOST_ERRNO.includes(error.errno ?? 0) || LOST_CODE.includes(error.code ?? '') || /closed state/.test(error.message)
  );
}

/** Worth another try: somebody else held a lock. */
export function isLocked(error: unknown): boolean {
  return [1205, 1213, 3572].includes((error as ServerError).errno ?? 0);
}

/** The statement made what it makes when it was carried out before: tables, keys, checks, foreign keys. */
export function standsAlready(error: ServerError): boolean {
  const errno = error.errno ?? 0;
  // MariaDB tells a foreign key's name that is taken by the error of the file that it would write.
  return [1050, 1061, 1068, 1826, 3822].includes(errno) || (errno === 1005 && /errno: 121\b/.test(error.message));
}

export function connectError(thrown: unknown, connection: MysqlConnection, password: string | null): DroverError {
  if (thrown instanceof DroverError) return thrown;
  const error = thrown as ServerError;
  const place = placeOf(connection);
  const cause = certificateCause(redactDatabaseText(error.message, password ? [password] : []));
  const say = (code: ErrorCode, message: string, hint: string) => new DroverError(code, message, { cause, hint });
  switch (error.errno) {
    case 1045:
    case 1698:
      return say(
        'connect.wrong-password',
        `${place} refused the user ${connection.user}: wrong password, or no such user from this host.`,
        'Check the user and the password; an account may also be limited to some hosts or to TLS.',
      );
    case 1049:
      return say(
        'connect.no-such-database',
        `There is no database ${connection.database} on ${place}.`,
        'Check the name in the URL, or create the database first.',
      );
    case 1044:
    case 1130:
      return say(
        'connect.no-privilege',
        `${connection.user} may not use the database ${connection.database} on ${place}.`,
        'Grant the account access to the database, or connect as another user.',
      );
    // ER_ACCOUNT_HAS_BEEN_LOCKED of MariaDB and of MySQL.
    case 4151:
    case 3118:
      return say(
        'connect.no-privilege',
        `The account ${connection.user} is locked on ${place}.`,
        'Have it unlocked (ALTER USER … ACCOUNT UNLOCK), or connect as another user.',
      );
    case 3159:
      return say('connect.tls-refused', `${place} only takes TLS connections.`, 'Use ssl-mode=required in the URL.');
    case 1040:
    case 1129:
    case 1203:
      return say(
        'connect.unreachable',
        `${place} takes no more connections.`,
        'Wait, or raise the limit on the server.',
      );
    default:
      // With a number of its own it is the server that refused something, after the connection stood.
      return error.sqlState && error.errno
        ? statementError(error, {
            what: `The session with ${place} could not be set up`,
            code: 'connect.unreachable',
            hint: 'The cause says what the server refused: its settings or those of the account may have to be changed.',
          })
        : socketError(error, place, say);
  }
}

function placeOf({ host, port, ssh }: MysqlConnection): string {
  if (host.startsWith('/')) return host;
  return ssh ? `${host}:${port} behind ${ssh.host}` : `${host}:${port}`;
}

function socketError(
  error: ServerError,
  place: string,
  say: (code: ErrorCode, message: string, hint: string) => DroverError,
): DroverError {
  switch (error.code) {
    case 'HANDSHAKE_NO_SSL_SUPPORT':
      return say(
        'connect.tls-refused',
        `${place} does not offer TLS.`,
        'Switch TLS on at the server, or use ssl-mode=disabled where the network is trusted.',
      );
    case 'HANDSHAKE_SSL_ERROR':
      if (/altname|does not match/i.test(error.message)) {
        return say(
          'connect.tls-wrong-host',
          `The certificate of ${place} is trusted, and made out to another host.`,
          'Connect by a name that the certificate bears, or use ssl-mode=verify-ca to check only who signed it.',
        );
      }
      return /certificate|self.signed|altname|issuer|expired/i.test(error.message)
        ? say(
            'connect.tls-not-trusted',
            `The certificate of ${place} is not trusted.`,
            "Give the authority's file with ssl-ca=…, or use ssl-mode=required to go on without the check.",
          )
        : say('connect.tls-refused', `TLS with ${place} could not be agreed on.`, 'Compare the TLS versions of both.');
    case 'AUTH_SWITCH_PLUGIN_ERROR':
    case 'ER_NOT_SUPPORTED_AUTH_MODE':
      return say(
        'connect.wrong-password',
        `${place} wants a way to authenticate that Drover does not know.`,
        'Use an account with caching_sha2_password, ed25519 or mysql_native_password.',
      );
    case 'ETIMEDOUT':
      return say(
        'connect.timeout',
        `${place} did not answer in time.`,
        'Check host and port; connect_timeout=… in the URL waits longer.',
      );
    default:
      return say(
        'connect.unreachable',
        `${place} can't be reached.`,
        'Check that the server runs, and host and port in the URL.',
      );
  }
}

/** Errors about values quote the value; names stay, since a person needs them. */
function withoutValues(message: string, errno: number | undefined): string {
  const safe = redactDatabaseText(message);
  if (errno === 1064) return safe.replace(/near '.*'( at line \d+)$/s, "near '…'$1");
  if (errno === 1366 || errno === 1292 || errno === 1411)
    return safe.replace(/value:? '.*?' (for|at)/s, "value '…' $1");
  return safe;
}
