// Which tables a verification can compare: where rows went into a table of the target, only those that a run wrote.

import { DroverError } from '../../shared/errors.ts';
import { list } from '../../shared/format.ts';
import type { Finding } from '../../shared/model/finding.ts';
import type { Plan, TablePlan } from '../../shared/model/plan.ts';
import type { Report } from '../../shared/model/report.ts';
import type { Publisher } from '../dialects/publishing.ts';

export interface Comparable {
  readonly tables: readonly TablePlan[];
  /** By target table: a condition in the target's words that its rows of the run meet. */
  readonly written: ReadonlyMap<string, string>;
  /** The same for rows that stood there when the run was over: lookups find no others. */
  readonly known: ReadonlyMap<string, string>;
  readonly findings: readonly Finding[];
}

/**
 * `run` is the run's report with the target that remembers its rows; null where a project is compared. Throws
 * `verify.nothing-to-compare`.
 */
export async function comparable(
  plan: Plan,
  run: { readonly report: Report; readonly publisher: Publisher } | null,
  /** Tables of the target that the run left out. */
  left: ReadonlySet<string>,
  { without, findings: since }: Retried = NEVER_RETRIED,
): Promise<Comparable> {
  const written = new Map<string, string>(without);
  const findings: Finding[] = [...since];
  const kept = new Set(run ? await run.publisher.tablesIn('added') : []);
  const tables = plan.tables.filter(({ target: { name }, merge }) => {
    if (left.has(name)) {
      findings.push(notCompared(name, 'the run has left it out'));
      return false;
    }
    // A refilled table holds the rows of the run and no others.
    if (!merge || merge.refills) return true;
    const merged = run?.report.tables.find((each) => each.target === name)?.merged;
    const why = !run
      ? 'rows of others stand there too; give the run instead of the project'
      : !merged || !kept.has(name)
        ? 'the target no longer remembers which rows the run wrote'
        : merged.skipped > 0
          ? `${merged.skipped} rows of the source were not written, and nobody remembers which`
          : null;
    if (why === null) {
      const own = run!.publisher.writtenRows(name, merge.key);
      written.set(name, [own, without.get(name)].filter(Boolean).join(' AND '));
    } else findings.push(notCompared(name, why));
    return why === null;
  });
  if (tables.length > 0) return { tables, written, known: without, findings };
  throw new DroverError('verify.nothing-to-compare', `Nothing can be compared: ${findings[0]?.message ?? ''}`, {
    cause: findings.length > 1 ? list(findings.slice(1).map(({ message }) => message)) : null,
    hint: 'Verify a run whose rows all went into the target, while its backups are there.',
  });
}

/** Rows that came in later, from the quarantine of the run through a mapping that was mended. */
export interface Retried {
  /** By target table: a condition that they do not meet. */
  readonly without: ReadonlyMap<string, string>;
  readonly findings: readonly Finding[];
}

export const NEVER_RETRIED: Retried = { without: new Map(), findings: [] };

/** `run` is a retry that stands in the target. */
export interface RetryWritten {
  readonly run: string;
  readonly tables: readonly TablePlan[];
  readonly publisher: Pick<Publisher, 'tablesIn' | 'writtenRows'>;
}

/** What the retries of a run have added is no difference of the run. */
export async function withoutRetried({ without, findings }: Retried, retry: RetryWritten): Promise<Retried> {
  const kept = new Set(await retry.publisher.tablesIn('added'));
  const conditions = new Map(without);
  const told = [...findings];
  for (const { target, merge } of retry.tables) {
    if (!merge) continue;
    if (!kept.has(target.name)) told.push(forgotten(target.name, retry.run));
    else {
      const own = `NOT ${retry.publisher.writtenRows(target.name, merge.key)}`;
      conditions.set(target.name, [conditions.get(target.name), own].filter(Boolean).join(' AND '));
    }
  }
  return { without: conditions, findings: told };
}

function forgotten(table: string, run: string): Finding {
  return {
    code: 'verify.retry-forgotten',
    severity: 'warning',
    place: { side: 'target', table },
    message: `Rows that the retry ${run} added to ${table} are told as extra: the target no longer remembers which.`,
    remedies: [],
  };
}

function notCompared(table: string, why: string): Finding {
  return {
    code: 'verify.not-compared',
    severity: 'warning',
    place: { side: 'target', table },
    message: `${table} was not compared: ${why}.`,
    remedies: [],
  };
}
