// What the server did with an INSERT: every row taken, without a single warning, or the load is refused.

import { DroverError } from '../../../../shared/errors.ts';
import type { Link } from '../connection.ts';
import { causeOf, columnOf, isLost, type ServerError, statementError } from '../errors.ts';
import { LENIENT_MODE, STRICT_MODE } from '../settings.ts';
import { type Outcome, sendStatement } from '../wire/send.ts';

const TRUNCATED = 1265;

export interface Expected {
  readonly table: string;
  readonly rows: number;
  /** Blanks of ENUM columns: each brings one warning, and no other may come. */
  readonly warnings: number;
}

/**
 * The blank of an ENUM column (its error value, index 0) is refused by a strict session even when it is copied.
 * So such a statement runs leniently. Each blank brings exactly one warning, so no other value may bring any.
 */
export async function sendLeniently(link: Link, statement: Buffer, blanks: number, table: string): Promise<Outcome> {
  await link.query(`SET SESSION sql_mode = '${LENIENT_MODE}'`);
  try {
    const outcome = await sendStatement(link.raw, statement);
    if (outcome.warnings !== blanks) await refuse(link, table, outcome.warnings);
    return outcome;
  } finally {
    await link.query(`SET SESSION sql_mode = '${STRICT_MODE}'`);
  }
}

/** Strictness turns most misfits into errors; what is left are warnings, and none of them is harmless. */
export async function checkOutcome(link: Link, outcome: Outcome, expected: Expected): Promise<void> {
  if (outcome.warnings !== expected.warnings) await refuse(link, expected.table, outcome.warnings);
  if (outcome.affectedRows === expected.rows) return;
  throw new DroverError(
    'load.count',
    `The target took ${outcome.affectedRows} of ${expected.rows} rows of ${expected.table}.`,
    { where: { side: 'target', table: expected.table } },
  );
}

/** An INSERT that failed, told with its table and, where the server names it, its column. */
export function tellRejected(thrown: unknown, table: string): DroverError {
  if (thrown instanceof DroverError) return thrown;
  const error = thrown as ServerError;
  const where = { side: 'target', table } as const;
  const aboutValues =
    /^(22|23)/.test(error.sqlState ?? '') || [1265, 1366, 1364, 3819, 4025].includes(error.errno ?? 0);
  if (isLost(error) || !aboutValues)
    return statementError(error, { what: `Loading ${table} failed`, code: 'load.failed', where });
  const column = columnOf(error.message);
  const place = column ? `${table}.${column}` : table;
  return new DroverError('load.rejected', `The target refused a row of ${place}.`, {
    cause: causeOf(error),
    hint:
      error.errno === 1062
        ? 'The key holds values that are equal under the collation of the target; compare bytes there, or leave the key out.'
        : 'Choose another type for this column, or filter the rows out.',
    where: { ...where, ...(column ? { column } : {}) },
  });
}

/** Where blanks were expected, their own warnings explain nothing. */
async function refuse(link: Link, table: string, count: number): Promise<never> {
  const warnings = count > 0 ? await link.query('SHOW WARNINGS') : [];
  const first = warnings.find((warning) => Number(warning.Code) !== TRUNCATED) ?? warnings.at(-1);
  const message = String(first?.Message ?? 'the number of warnings is not the expected one');
  throw rejected(table, message, Number(first?.Code ?? 0));
}

function rejected(table: string, message: string, errno: number): DroverError {
  const warning: ServerError = Object.assign(new Error(message), { errno, sqlState: '22000' });
  return tellRejected(warning, table);
}
