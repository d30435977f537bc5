// Asks a source about its values: on the session, or from workers where the driver would hold up this thread.

import type { Profile } from '../shared/model/profile.ts';
import type { Opened } from './connect/endpoint.ts';
import type { ProfileRequest, Session } from './dialects/dialect.ts';
import { type Ask, profileTables } from './inspect/inspect.ts';
import type { Recall } from './inspect/recall.ts';
import { createExecutor, type Executor } from './pipeline/executor.ts';

export interface AskingPorts {
  readonly recall: Recall;
  readonly workerUrl: URL;
}

/** Answers requests about one source, remembering what holds for whole tables. */
export type Asker = (requests: readonly ProfileRequest[]) => Promise<Profile>;

const WORKERS = 2;

/** Calls `use` with an asker, and tidies up after it. `fingerprint` is that of the source's structure now. */
export async function withAsker<T>(
  source: Opened,
  session: Session,
  fingerprint: string,
  ports: AskingPorts,
  use: (ask: Asker) => Promise<T>,
): Promise<T> {
  const { recall } = ports;
  const blocks = source.dialect.blocksThread;
  let executor: Promise<Executor> | null = null;

  /** Often everything is known already, and no worker is needed. */
  const askWorker: Ask = async (request) => {
    executor ??= startExecutor(source, ports.workerUrl);
    return (await executor).run({ kind: 'profile', side: 'source', request });
  };
  const ask: Ask = blocks ? askWorker : (request) => session.profile(request);

  try {
    return await use(async (requests) => {
      const whole = requests.filter(holdsForTable);
      const known = await profileTables(ask, whole, recall.get(source.url, fingerprint), blocks ? WORKERS : 1);
      recall.set(source.url, fingerprint, known);
      return askFiltered(ask, requests, known);
    });
  } finally {
    await closeQuietly(executor);
  }
}

async function startExecutor({ access }: Opened, workerUrl: URL): Promise<Executor> {
  const executor = createExecutor(workerUrl, WORKERS);
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
