// Asks all questions about a table in one scan.

import type pg from 'pg';
import type { Server } from '../../../shared/model/connection.ts';
import type { Answers, Question } from '../../../shared/model/profile.ts';
import type { ProfileRequest, TableName } from '../session.ts';
import { confined } from './confine.ts';
import { blaming, type Doing, statementError } from './errors.ts';
import { tableReference } from './namespace.ts';
import { questionSql } from './questions.ts';
import { condition, literal, quote } from './syntax.ts';

/** A row of answers may have 1,664 columns; more questions than this make a second scan. */
const QUESTIONS_PER_SCAN = 1500;

interface Asked {
  readonly column: string;
  readonly question: Question;
  readonly sql: string;
}

export async function profile(
  client: pg.Client,
  server: Server,
  request: ProfileRequest,
): Promise<Record<string, Answers>> {
  const { table } = request;
  const doing: Doing = {
    what: `Asking about the values of ${table.name} failed`,
    code: 'inspect.failed',
    reads: true,
    where: { table: table.name },
  };
  try {
    return await ask(client, server, request);
  } catch (error) {
    throw statementError(error, blaming(request.filter, error, doing));
  }
}

async function ask(client: pg.Client, server: Server, request: ProfileRequest): Promise<Record<string, Answers>> {
  const { filter, table } = request;
  // Without SQL of the user's there is nothing to confine, and two round trips are saved.
  const isPlain = filter === null && table.query === undefined;
  const asked = questionsOf(request, server);
  const from = `FROM ${await scannable(client, table)}${filter === null ? '' : ` WHERE ${condition(filter, table.name)}`}`;
  const answers: Record<string, Record<string, string | null>> = {};
  for (const { column } of request.questions) answers[column] = {};
  for (let start = 0; start < asked.length; start += QUESTIONS_PER_SCAN) {
    const part = asked.slice(start, start + QUESTIONS_PER_SCAN);
    const list = part.map(({ sql }, i) => `(${sql})::text AS a${i}`).join(', ');
    // The count makes it one row in any case: a question may be answered without looking at rows.
    const scan = () => client.query<Record<string, string | null>>(`SELECT ${list}, count(*) ${from}`);
    const { rows } = await (isPlain ? scan() : confined(client, scan));
    part.forEach(({ column, question }, i) => {
      answers[column]![question] = rows[0]![`a${i}`] ?? null;
    });
  }
  return answers;
}

/**
 * The table as a scan must name it. A parent's rows do not include its children's, which are tables of their own;
 * a partitioned root's do, since it has none itself.
 */
export async function scannable(client: pg.Client, table: TableName): Promise<string> {
  if (table.query !== undefined) return `(${table.query}) AS ${quote(table.name)}`;
  // Nothing is made a child of a staged one.
  if (table.staging) return tableReference(table);
  const { rows } = await client.query<{ parent: string }>(
    `SELECT c.relkind = 'r' AND c.relhassubclass AS parent FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = current_schema() AND c.relname = ${literal(table.name)}`,
  );
  return `${rows[0]?.parent === 't' ? 'ONLY ' : ''}${tableReference(table)}`;
}

function questionsOf({ questions }: ProfileRequest, server: Server): Asked[] {
  return questions.flatMap(({ column, logical, ask }) =>
    ask.flatMap((question) => {
      const sql = questionSql(question, quote(column), logical, server);
      return sql === null ? [] : [{ column, question, sql }];
    }),
  );
}
