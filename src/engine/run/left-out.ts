// Tables that are left out of a run: one that can't be moved and whose policy lets it stay behind, and all that hang on it.

import { DroverError, type ErrorCode } from '../../shared/errors.ts';
import { list } from '../../shared/format.ts';
import { companions, leftWords, mayBeLeftOut } from '../../shared/left-out.ts';
import type { TablePlan } from '../../shared/model/plan.ts';
import type { LeftTable } from '../../shared/model/report.ts';
import type { StepName } from '../../shared/model/run.ts';
import { asDroverError } from '../support/failure.ts';
import { type RunContext, tellLog, tellTable } from './job.ts';

/** The tables that are still to be published. */
export function movingTables({ job, made }: Pick<RunContext, 'job' | 'made'>): TablePlan[] {
  return job.plan.tables.filter(({ source }) => !made.left.has(source));
}

/** Those that are not, in the order of the plan. */
export function leftTables({ job, made }: Pick<RunContext, 'job' | 'made'>): LeftTable[] {
  return job.plan.tables.flatMap(({ source, target: { name: target } }) => {
    const left = made.left.get(source);
    if (!left) return [];
    const { differences = [], differencesCut = false } = made.tables.get(source) ?? {};
    return [{ source, target, reason: left.reason.data, because: left.because, differences, differencesCut }];
  });
}

/**
 * Does a part of a table's work. Where that fails by a fault of the table's own and its policy says so, the table is
 * left out and the run goes on; of one that is left out already nothing is done.
 */
export async function orLeaveOut(
  context: RunContext,
  table: TablePlan,
  step: StepName,
  work: () => Promise<void>,
): Promise<void> {
  const isLeft = (): boolean => context.made.left.has(table.source);
  if (isLeft()) return;
  try {
    await work();
  } catch (thrown) {
    const error = asDroverError(thrown);
    if (context.signal.aborted) throw error;
    // What was under way when it was left out has been given up, or fails for nobody.
    if (isLeft() && (isOwnFault(error) || error.code === 'run.cancelled')) return;
    if (isLeft() || !mayBeLeftOut(table) || !isOwnFault(error)) throw error;
    await leaveOut(context, table, step, error);
  }
}

/** Throws `run.nothing-left` with the last table. */
async function leaveOut(context: RunContext, table: TablePlan, step: StepName, reason: DroverError): Promise<void> {
  const { job, made, artifacts } = context;
  const others = companions(job.plan.tables)(table).filter(({ source }) => !made.left.has(source));
  // At once, so that nobody goes on with one of them.
  made.left.set(table.source, { reason, because: null });
  for (const { source } of others) made.left.set(source, { reason, because: table.target.name });
  for (const each of [table, ...others]) tellTable(context, each, 'left out', { rows: 0, bytes: 0 });
  const words = wordsFor(table, others, reason);
  tellLog(context, 'warning', words);
  await artifacts.audit.write(step, 'running', words);
  for (const { source, target } of [table, ...others]) {
    const { because, reason: why } = made.left.get(source)!;
    await artifacts.table(target.name, { event: 'left out', step, because, error: why.data });
  }
  if (movingTables(context).length === 0) throw nothingLeft(leftTables(context));
}

function wordsFor({ target }: TablePlan, others: readonly TablePlan[], { data, message }: DroverError): string {
  const names = list(
    others.map((each) => each.target.name),
    12,
  );
  const with_ = others.length > 0 ? `, and with it ${names}` : '';
  return `${target.name} is left out${with_}: ${message}${data.cause ? ` ${data.cause}` : ''}`;
}

/** Faults that a table has by itself: its rows, its keys, what the mapping makes of them. All others concern the run. */
const OWN_FAULTS: ReadonlySet<ErrorCode> = new Set([
  'load.rejected',
  'load.count',
  'load.failed',
  'convert.not-representable',
  'transform.refused',
  'lookup.ambiguous',
  'rule.broken',
  'run.too-many-refused',
  'index.failed',
  'verify.different',
  'plan.bad-filter',
  'inspect.failed',
]);

function isOwnFault({ code }: DroverError): boolean {
  return OWN_FAULTS.has(code);
}

function nothingLeft(left: readonly LeftTable[]): DroverError {
  return new DroverError('run.nothing-left', 'No table is left that could be published.', {
    cause: left
      .filter(({ because }) => because === null)
      .map(leftWords)
      .join(' '),
    hint: 'Mend what is named, in the mapping or in the source, and run again.',
    where: { side: 'source' },
  });
}
