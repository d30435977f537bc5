// What is known of a published run, from its records, when it is to be rolled back, and what came of that.

import { setTimeout as sleep } from 'node:timers/promises';
import type { CallOutput } from '../../../shared/contract.ts';
import { at } from '../../../shared/errors.ts';
import { many } from '../../../shared/format.ts';
import type { Report } from '../../../shared/model/report.ts';
import type { StepState } from '../../../shared/model/run.ts';
import type { Publisher, RunTable } from '../../dialects/publishing.ts';
import type { RunIdentity } from '../../dialects/session.ts';
import { asDroverError } from '../../support/failure.ts';
import type { JobSide } from '../job.ts';
import type { PlannedTables } from '../records.ts';

export type RolledBack = CallOutput<'run.rollback'>;

export interface Published {
  readonly run: string;
  readonly tables: PlannedTables;
  /** Those that were rolled back before without the others, as far as the history knows. */
  readonly takenBack: readonly string[];
  /** Holds the digest of every table as it was published. */
  readonly report: Report;
  readonly target: JobSide;
  /** What other runs have published at the same target and stands, as far as the history of this machine knows. */
  readonly others: readonly RunTable[];
  readonly keepNewer: boolean;
  /** The last rollback was not concluded, though it may have done all in the target: its process is gone. */
  readonly brokenOff: boolean;
  readonly workerUrl: URL;
  /** Durable: resolves when it is on disk. */
  readonly journal: (state: StepState, detail: string) => Promise<void>;
  /** Durable too: these tables stand no more, the others do. */
  readonly tookBack: (tables: readonly string[]) => Promise<void>;
}

/** With the lock on the target, and an epoch above that of whoever had the run before. */
export async function withPublisher<T>(
  { run, target }: Published,
  work: (publisher: Publisher, identity: RunIdentity) => Promise<T>,
): Promise<T> {
  try {
    const epoch = await locked(target, { id: run, epoch: 0 }, (publisher) => publisher.epoch());
    const identity: RunIdentity = { id: run, epoch: Math.max(1, epoch) + 1 };
    return await locked(target, identity, (publisher) => work(publisher, identity));
  } catch (thrown) {
    throw at(asDroverError(thrown), { side: 'target' });
  }
}

/** Who had the lock before may have been killed while its last statement is still under way: nothing is asked till then. */
async function locked<T>(
  { dialect, access }: JobSide,
  identity: RunIdentity,
  work: (publisher: Publisher) => Promise<T>,
): Promise<T> {
  const publisher = await dialect.openPublisher(access, identity);
  try {
    for (let tries = 1; ; tries++) {
      try {
        await publisher.lock();
        break;
      } catch (thrown) {
        if (asDroverError(thrown).code !== 'run.target-locked' || tries === LOCK_TRIES) throw thrown;
        await sleep(LOCK_PAUSE_MS);
      }
    }
    return await work(publisher);
  } finally {
    await publisher.close();
  }
}

const LOCK_TRIES = 30;
const LOCK_PAUSE_MS = 100;

/** Without the tables into which rows went: the target itself knows of these what has changed. */
export function movedOf(tables: PlannedTables): PlannedTables {
  return tables.filter(({ merge }) => merge === null);
}

export async function resultOf(
  tables: PlannedTables,
  staying: readonly string[],
  publisher: Publisher,
): Promise<RolledBack> {
  const aside = new Set(await publisher.tablesIn('aside'));
  const names = (which: PlannedTables): string[] => which.map(({ target }) => target.name);
  const kept = names(tables).filter((table) => aside.has(table));
  return {
    restored: names(tables.filter(({ existing }) => existing !== null)),
    removed: names(tables.filter(({ existing }) => existing === null)).filter((table) => !kept.includes(table)),
    kept: kept.map((table) => ({ table, keptAs: publisher.asideName(table) })),
    staying: [...staying],
  };
}

/** With every table by its name: it is for the audit log. */
export function resultWords({ restored, removed, kept }: RolledBack): string {
  const parts = [named(restored, 'restored'), named(removed, 'removed')];
  if (kept.length > 0) {
    const names = kept.map(({ table, keptAs }) => `${table} as ${keptAs}`);
    parts.push(`${many(kept.length, 'newer table')} kept aside (${names.join(', ')})`);
  }
  return parts.join(', ');
}

function named(tables: readonly string[], what: string): string {
  const names = tables.length > 0 ? ` (${tables.join(', ')})` : '';
  return `${many(tables.length, 'table')} ${what}${names}`;
}
