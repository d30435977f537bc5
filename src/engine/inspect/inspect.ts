// Inspect: what is in a database, and what its values say where the structure alone does not tell.

import { DroverError, type ErrorCode } from '../../shared/errors.ts';
import type { Catalog } from '../../shared/model/catalog.ts';
import type { Access } from '../../shared/model/connection.ts';
import type { Answers, Profile, Question } from '../../shared/model/profile.ts';
import type { Dialect } from '../dialects/dialect.ts';
import type { ProfileRequest, Session } from '../dialects/session.ts';
import { parallel } from '../support/parallel.ts';

export type { ProfileRequest } from '../dialects/session.ts';

/** The catalogue of one database, on a session that is opened for it and closed again. */
export async function inspect(dialect: Dialect, access: Access, role: 'source' | 'target'): Promise<Catalog> {
  return withSession(dialect, access, role, (session) => session.inspect());
}

/** Opens a session, uses it, closes it. */
export async function withSession<T>(
  dialect: Dialect,
  access: Access,
  role: 'source' | 'target',
  use: (session: Session) => Promise<T>,
): Promise<T> {
  const session = await connectTo(dialect, access, role);
  try {
    return await use(session);
  } finally {
    await session.close();
  }
}

/** Of two databases the one that could not be connected to is named. */
async function connectTo(dialect: Dialect, access: Access, role: 'source' | 'target'): Promise<Session> {
  try {
    return await dialect.connect(access, { role });
  } catch (error) {
    if (!(error instanceof DroverError)) throw error;
    throw DroverError.from({ ...error.data, where: { side: role, ...error.data.where } });
  }
}

/** Asks one table; a session's or a reader's `profile`. */
export type Ask = (request: ProfileRequest) => Promise<Record<string, Answers>>;

/**
 * Answers the questions of many tables, one scan a table and `atOnce` of them side by side, adding to what is known.
 * A table that can't be asked makes the whole fail: a plan on half the facts is no plan.
 */
export async function profileTables(
  ask: Ask,
  requests: readonly ProfileRequest[],
  known: Profile,
  atOnce = 1,
): Promise<Profile> {
  const profile = structuredClone(known);
  await parallel(requests, atOnce, async (request) => {
    const table = profile[request.table.name] ?? {};
    profile[request.table.name] = table;
    fillInTexts(request, table);
    const open = unanswered(request, table);
    if (open.questions.length === 0) return;
    const answers = await blamingSql(ask, open);
    for (const [column, more] of Object.entries(answers)) table[column] = { ...table[column], ...more };
  });
  return profile;
}

/** A lost connection is no fault of the SQL. */
const OF_THE_SQL: ReadonlySet<ErrorCode> = new Set(['inspect.failed', 'plan.bad-filter']);

async function blamingSql(ask: Ask, request: ProfileRequest): Promise<Record<string, Answers>> {
  try {
    return await ask(request);
  } catch (error) {
    const { name, query } = request.table;
    if (!(error instanceof DroverError) || !OF_THE_SQL.has(error.code)) throw error;
    if (request.filter === null && query === undefined) throw error;
    const cause = error.data.cause ?? error.message;
    const where = { side: 'project', table: name } as const;
    if (request.filter === null) {
      throw new DroverError('map.bad-query', `The source can't compute what the project reads as ${name}.`, {
        cause,
        hint: 'Correct the SQL of this table in the project.',
        where,
      });
    }
    throw new DroverError('plan.bad-filter', `The source does not accept the filter of table ${name}.`, {
      cause,
      hint: 'Correct the filter in the project; it is a condition in the words of the source.',
      where,
    });
  }
}

/** Questions about texts, in databases that store values of any type in a column. */
const ABOUT_TEXTS: ReadonlySet<Question> = new Set([
  'nulCharacters',
  'notUtf8',
  'zeroDates',
  'notIsoTimestamp',
  'wideCharacters',
]);

/** A column that is known to hold no text needs no scan to answer what is asked of texts; the answers are filled in. */
function fillInTexts(request: ProfileRequest, known: Record<string, Answers>): void {
  for (const { column, ask } of request.questions) {
    const answers = known[column];
    if (answers?.storageText !== '0') continue;
    for (const question of ask) if (ABOUT_TEXTS.has(question)) answers[question] ??= '0';
  }
}

function unanswered(request: ProfileRequest, known: Record<string, Answers>): ProfileRequest {
  const questions = request.questions
    .map((each) => ({
      ...each,
      ask: each.ask.filter((question: Question) => known[each.column]?.[question] === undefined),
    }))
    .filter((each) => each.ask.length > 0);
  return { ...request, questions };
}
