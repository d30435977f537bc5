// Which tables a verification can compare: where rows went into a table of the target, only those that a run wrote.

import { DroverError } from '../../shared/errors.ts';
import { list } from '../../shared/format.ts';
import type { Finding } from '../../shared/model/finding.ts';
import type { Plan, TablePlan } from '../../shared/model/plan.ts';
import type { Report } from '../../shared/model/report.ts';
import type { Publisher } from '../dialects/dialect.ts';

export interface Comparable {
  readonly tables: readonly TablePlan[];
  /** By target table: a condition in the target's words that its rows of the run meet. */
  readonly written: ReadonlyMap<string, string>;
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
): Promise<Comparable> {
  const written = new Map<string, string>();
  const findings: Finding[] = [];
  const kept = new Set(run ? await run.publisher.tablesIn('added') : []);
  const tables = plan.tables.filter(({ target: { name }, merge }) => {
    if (left.has(name)) {
      findings.push(notCompared(name, 'the run has left it out'));
      return false;
    }
    if (!merge) return true;
    const merged = run?.report.tables.find((each) => each.target === name)?.merged;
    const why = !run
      ? 'rows of others stand there too; give the run instead of the project'
      : !merged || !kept.has(name)
        ? 'the target no longer remembers which rows the run wrote'
        : merged.skipped > 0
          ? `${merged.skipped} rows of the source were not written, and nobody remembers which`
          : null;
    if (why === null) written.set(name, run!.publisher.writtenRows(name, merge.key));
    else findings.push(notCompared(name, why));
    return why === null;
  });
  if (tables.length > 0) return { tables, written, findings };
  throw new DroverError('verify.nothing-to-compare', `Nothing can be compared: ${findings[0]?.message ?? ''}`, {
    cause: findings.length > 1 ? list(findings.slice(1).map(({ message }) => message)) : null,
    hint: 'Verify a run whose rows all went into the target, while its backups are there.',
  });
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
