// Asks a source about its values, some tables side by side: on sessions, or from workers where the driver would hold up this thread.

import { DroverError } from '../shared/errors.ts';
import type { Profile } from '../shared/model/profile.ts';
import type { Opened } from './connect/endpoint.ts';
import type { ProfileRequest, Session, Statements } from './dialects/session.ts';
import { type Ask, profileTables } from './inspect/inspect.ts';
import type { Recall } from './inspect/recall.ts';
import { createExecutor, type Executor } from './pipeline/executor.ts';
import { parallel } from './support/parallel.ts';

export interface AskingPorts {
  readonly recall: Recall;
  readonly workerUrl: URL;
}

/** Asks one source, remembering what holds for a while. */
export interface Asker {
  profile(requests: readonly ProfileRequest[]): Promise<Profile>;
  /** Each gets its time, all of them together theirs: what does not come within it has no answer. */
  statements(selects: readonly string[]): Promise<Statements>;
}

const AT_ONCE = 2;
const SECONDS_EACH = 20;
const SECONDS_IN_ALL = 60;

/** Calls `use` with an asker, and tidies up after it. `fingerprint` is that of the source's structure now. */
export async function withAsker<T>(
  source: Opened,
  session: Session,
  fingerprint: string,
  { recall, workerUrl }: AskingPorts,
  use: (ask: Asker) => Promise<T>,
): Promise<T> {
  const desks = source.dialect.blocksThread ? workers(source, workerUrl) : sessions(source, session);
  try {
    return await use({
      async profile(requests) {
        const whole = requests.filter(holdsForTable);
        const { ask, atOnce } = await desks.open(whole.length);
        const known = await profileTables(ask.profile, whole, recall.get(source.url, fingerprint).profile, atOnce);
        recall.set(source.url, fingerprint, { profile: known });
        return askFiltered(ask.profile, requests, known);
      },
      async statements(selects) {
        const known = recall.get(source.url, fingerprint).statements;
        const open = selects.filter((sql) => known[sql] === undefined);
        const { ask, atOnce } = await desks.open(open.length);
        const more = await askInTime(ask.rowsWithin, open, atOnce);
        recall.set(source.url, fingerprint, { statements: { ...known, ...more } });
        const none = Object.fromEntries(selects.map((sql) => [sql, null]));
        return { ...none, ...known, ...more };
      },
    });
  } finally {
    await desks.close();
  }
}

type Asking = Pick<Session, 'profile' | 'rowsWithin'>;

/** Where questions are asked: several desks, opened when there is something to ask. */
interface Desks {
  /** For so many questions: whom to ask, and how many of them at once. */
  open(questions: number): Promise<{ readonly ask: Asking; readonly atOnce: number }>;
  close(): Promise<void>;
}

/** Often everything is known already, and no worker is needed. */
function workers(source: Opened, workerUrl: URL): Desks {
  let executor: Promise<Executor> | null = null;
  let size = 1;
  const worker = (): Promise<Executor> => {
    executor ??= startExecutor(source, workerUrl, size);
    return executor;
  };
  const ask: Asking = {
    profile: async (request) => (await worker()).run({ kind: 'profile', side: 'source', request }),
    rowsWithin: async (seconds, sql) => (await worker()).run({ kind: 'rows within', side: 'source', seconds, sql }),
  };
  return {
    open(questions) {
      // Beginning a thread costs more than what a small table is asked.
      size = Math.max(size, Math.min(AT_ONCE, questions));
      return Promise.resolve({ ask, atOnce: AT_ONCE });
    },
    close: () => closeQuietly(executor),
  };
}

/** The session that is open, and a second one beside it: a server reads two tables at once. */
function sessions({ dialect, access }: Opened, first: Session): Desks {
  let second: Promise<Session | null> | null = null;
  const free: Session[] = [first];
  const lend = async <T>(use: (session: Session) => Promise<T>): Promise<T> => {
    const session = free.pop()!;
    try {
      return await use(session);
    } finally {
      free.push(session);
    }
  };
  const ask: Asking = {
    profile: (request) => lend((session) => session.profile(request)),
    rowsWithin: (seconds, sql) => lend((session) => session.rowsWithin(seconds, sql)),
  };
  return {
    async open(questions) {
      if (questions > 1 && second === null) {
        // An account may be allowed one connection only.
        second = dialect.connect(access, { role: 'source' }).catch(() => null);
        const session = await second;
        if (session) free.push(session);
      }
      return { ask, atOnce: free.length };
    },
    async close() {
      await (await second)?.close();
    },
  };
}

/** Statements for which there was no time at all are left out: another plan may have it. */
async function askInTime(
  rowsWithin: Asking['rowsWithin'],
  selects: readonly string[],
  atOnce: number,
): Promise<Statements> {
  const end = performance.now() + SECONDS_IN_ALL * 1000;
  const asked = await parallel(selects, atOnce, async (sql) => {
    const left = Math.ceil((end - performance.now()) / 1000);
    return left > 0 ? [[sql, await unlessRefused(rowsWithin(Math.min(left, SECONDS_EACH), sql))] as const] : [];
  });
  return Object.fromEntries(asked.flat());
}

/** What the database can't compare has no answer; a lost connection is another matter. */
async function unlessRefused<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof DroverError && error.code === 'inspect.failed') return null;
    throw error;
  }
}

async function startExecutor({ access }: Opened, workerUrl: URL, size: number): Promise<Executor> {
  const executor = createExecutor(workerUrl, size);
  try {
    await executor.open({ source: access, target: access, run: null, token: null });
    return executor;
  } catch (error) {
    await executor.close();
    throw error;
  }
}

/** One that never started has told its error already. */
async function closeQuietly(executor: Promise<Executor> | null): Promise<void> {
  const started = await executor?.catch(() => null);
  await started?.close();
}

/** Answers about some of the rows, or about what is computed from them, are no facts of the table. */
function holdsForTable({ filter, table }: ProfileRequest): boolean {
  return filter === null && table.query === undefined;
}

/** Answers about filtered rows hold for that filter only, so they are asked afresh and not remembered. */
async function askFiltered(ask: Ask, requests: readonly ProfileRequest[], known: Profile): Promise<Profile> {
  const filtered = requests.filter((request) => !holdsForTable(request));
  const others = Object.entries(known).filter(([table]) => !filtered.some((request) => request.table.name === table));
  return profileTables(ask, filtered, Object.fromEntries(others));
}
