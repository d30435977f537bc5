// PostgreSQL's and the socket's errors, told as Drover's own.

import { DroverError, type DroverErrorData, type ErrorCode } from '../../../shared/errors.ts';
import { redactDatabaseText } from '../../support/redact.ts';
import { READS_ONLY } from '../filter.ts';

/** The fields of an ErrorResponse that Drover looks at; all absent on errors of the socket. */
export interface ServerError extends Error {
  readonly code?: string;
  readonly where?: string;
  readonly column?: string;
  readonly constraint?: string;
}

export interface Doing {
  /** What failed, as the start of a sentence: "Creating the staging schema failed". */
  readonly what: string;
  /** Used where the error itself does not say more. */
  readonly code: ErrorCode;
  readonly hint?: string;
  readonly where?: DroverErrorData['where'];
  /** It only reads: what would write is SQL of the user's. */
  readonly reads?: boolean;
}

/** Any failure of a statement. A DroverError passes as it is. */
export function statementError(thrown: unknown, doing: Doing): DroverError {
  if (thrown instanceof DroverError) return thrown;
  const error = thrown as ServerError;
  const cause = causeOf(error);
  const where = doing.where ?? {};
  if (isLost(error)) {
    return new DroverError('connect.lost', 'The connection to PostgreSQL was lost.', {
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
  switch (error.code) {
    case '42501':
      return new DroverError('connect.no-privilege', `${doing.what}: this role is not allowed to.`, {
        cause,
        hint: 'Grant the privilege that the cause names, or connect as another role.',
        where,
      });
    case '53100':
      return new DroverError('support.disk-full', "The PostgreSQL server's disk is full.", {
        cause,
        hint: 'Free some space on the server and run again.',
        where,
      });
    case '25006':
      if (doing.reads) return new DroverError(doing.code, `${doing.what}.`, { cause, hint: READS_ONLY, where });
      return new DroverError('connect.read-only', 'This PostgreSQL server or session only allows reading.', {
        cause,
        hint: 'Connect to the primary server, with a role that may write.',
        where,
      });
    default: {
      const code = SERVER.test(sqlState(error) ?? '') ? 'support.server' : doing.code;
      return new DroverError(code, `${doing.what}.`, { cause, hint: doing.hint ?? null, where });
    }
  }
}

/** Transactions, locks, resources, an operator, the system: no statement is to blame for them. */
const SERVER = /^(25|40|53|55|57|58)/;

/** With a filter of the user's, a statement that the server can't understand is the filter's fault. */
export function blaming(filter: string | null, error: unknown, doing: Doing): Doing {
  if (filter === null || !/^(42|22|25006)/.test(sqlState(error as ServerError) ?? '')) return doing;
  return { ...doing, code: 'plan.bad-filter', hint: 'Check the filter: it is a condition in the SQL of the source.' };
}

/** Runs a piece of work and tells its failure. */
export async function telling<T>(doing: Doing, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw statementError(error, doing);
  }
}

/** The server's words with its SQLSTATE, without row values. */
export function causeOf(error: ServerError): string {
  const state = sqlState(error);
  const text = withoutValues(error.message, state);
  return state === null ? text : `${text} (SQLSTATE ${state})`;
}

export function sqlState(error: ServerError): string | null {
  return typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code) && /\d/.test(error.code)
    ? error.code
    : null;
}

/** The server or the network ended the connection. */
export function isLost(error: ServerError): boolean {
  const code = error.code ?? '';
  return (
    /^(57P0[123]|08...)$/.test(code) ||
    ['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ECONNABORTED'].includes(code) ||
    /^(Connection terminated|Client (has encountered|was closed)|This socket has been ended)/.test(error.message)
  );
}

/** Worth another try: somebody else held a lock. */
export function isLocked(error: unknown): boolean {
  return ['55P03', '40P01', '40001'].includes((error as ServerError).code ?? '');
}

/** The statement made what it makes when it was carried out before. */
export function standsAlready({ code }: ServerError, sql: string): boolean {
  // A second primary key is called an invalid definition, as much else is.
  return ['42P07', '42710'].includes(code ?? '') || (code === '42P16' && / PRIMARY KEY /.test(sql));
}

/** Data exceptions (class 22) quote the value itself; elsewhere quotes hold names. */
function withoutValues(message: string, state: string | null): string {
  const safe = redactDatabaseText(message);
  if (state === null || !state.startsWith('22')) return safe;
  return safe.replace(/: ".*"$/s, ': "…"').replace(/(value|date\/time field value:?) ".*?"/gs, '$1 "…"');
}
