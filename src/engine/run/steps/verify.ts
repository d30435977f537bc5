// Verify: every staged table is read back and hashed, and both databases are asked for witnesses of their own.

import { DroverError } from '../../../shared/errors.ts';
import { estimateOf } from '../../../shared/feeds.ts';
import { many } from '../../../shared/format.ts';
import { mayBeLeftOut } from '../../../shared/left-out.ts';
import type { Feed, TablePlan } from '../../../shared/model/plan.ts';
import type { Report, TableReport } from '../../../shared/model/report.ts';
import { stranded } from '../../dialects/merging-stranded.ts';
import { type Compared, compareTable } from '../../pipeline/compare.ts';
import { sumScanned } from '../../pipeline/sums.ts';
import { computedWork, tableWork } from '../../pipeline/table-work.ts';
import { parallel } from '../../support/parallel.ts';
import { need, type RunContext, secondsOf, tellLog, tellTable } from '../job.ts';
import { leftTables, movingTables, orLeaveOut } from '../left-out.ts';
import { publicationOf } from '../publication.ts';
import type { Step } from '../saga.ts';
import { forgetVerified, writeVerified } from '../verified.ts';

export const verify: Step<RunContext> = {
  name: 'verify',

  async act(context) {
    const { made } = context;
    await forgetVerified(context.artifacts.folder);
    const largestFirst = movingTables(context).sort((a, b) => estimateOf(b).rows - estimateOf(a).rows);
    await parallel(largestFirst, made.workers, (table) =>
      orLeaveOut(context, table, 'verify', () => verifyTable(context, table)),
    );
    const reports = movingTables(context).flatMap(({ source }) => made.tables.get(source) ?? []);
    const different = reports.filter((report) => !report.equal);
    if (different.length > 0) throw differs(different);
    await dropLeft(context);
    made.rules = await askRules(context);
    await refuseStranded(context);
    await writeVerified(context.artifacts.folder, {
      tables: reports,
      left: leftTables(context),
      rules: made.rules,
    });
    const held = made.rules.filter(({ broken }) => broken === 0).length;
    return `${many(reports.length, 'table')} equal${made.rules.length > 0 ? `, ${held} of ${many(made.rules.length, 'rule')} met` : ''}`;
  },
};

/** Nothing is asked of what is not published, and nothing of it may hang on what is. */
async function dropLeft(context: RunContext): Promise<void> {
  const { made } = context;
  const left = leftTables(context).map(({ target }) => target);
  if (left.length === 0) return;
  // A reader still connected could hold a lock on what is to be dropped.
  await need(made.executor, 'executor').release('target');
  await need(made.publisher, 'publisher').dropStaged(left);
}

/** Foreign keys of tables outside will lead to the new tables: their rows must find in these what they refer to. */
async function refuseStranded(context: RunContext): Promise<void> {
  const publisher = need(context.made.publisher, 'publisher');
  const found = await publisher.stranded(publicationOf(movingTables(context)));
  const [first, ...others] = found;
  if (first) throw stranded([first, ...others]);
}

/** Those on the source were answered by the plan; the others are asked of the staged tables. */
async function askRules(context: RunContext): Promise<Report['rules']> {
  const publisher = need(context.made.publisher, 'publisher');
  const results: Report['rules'] = [];
  for (const { query, ...rule } of context.job.plan.rules) {
    const broken = rule.on === 'source' ? rule.broken : await publisher.countStaged(query);
    results.push({ ...rule, broken });
    if (rule.on === 'source' || !broken) continue;
    if (rule.onBreak === 'stop') throw brokenRule(rule.name, broken);
    tellLog(context, 'warning', `The rule "${rule.name}" is broken by ${many(broken, 'row')} of the target.`);
  }
  return results;
}

function brokenRule(name: string, broken: number): DroverError {
  return new DroverError('rule.broken', `The rule "${name}" is broken by ${many(broken, 'row')} of the new tables.`, {
    hint: 'Correct the rows, keep them out by a filter or a rule on rows, or let this rule only warn.',
    where: { side: 'target' },
  });
}

async function verifyTable(context: RunContext, table: TablePlan): Promise<void> {
  const { job, made } = context;
  const executor = need(made.executor, 'executor');
  const began = performance.now();
  const comparedIn = (feed: Feed): Compared => ({
    work: tableWork(job, table, job.identity, feed),
    computed: table.computed.length > 0 ? computedWork(job, table, job.identity, feed) : null,
    source: sumScanned(made.loads.get(feed.source) ?? []),
  });
  const compared = await compareTable({
    executor,
    feeds: [comparedIn(table), ...table.feeds.map(comparedIn)],
    progress: (progress) => tellTable(context, table, 'verifying', progress),
  });
  const seconds = secondsOf(context, table);
  seconds.verify += (performance.now() - began) / 1000;
  const report: TableReport = { ...compared, structure: [], seconds };
  made.tables.set(table.source, report);
  tellTable(context, table, report.equal ? 'verified' : 'different', { rows: report.targetRows, bytes: report.bytes });
  await context.artifacts.table(table.target.name, {
    event: 'verified',
    equal: report.equal,
    rows: report.targetRows,
    digest: report.targetDigest,
  });
  // Of the others all are compared before the run ends, so that the report has every difference.
  if (!report.equal && mayBeLeftOut(table)) throw differs([report]);
}

function differs(reports: readonly TableReport[]): DroverError {
  const names = reports.map((report) => report.target).join(', ');
  const first = reports[0]!;
  return new DroverError('verify.different', `What the target holds differs from the source in ${names}.`, {
    cause: `${first.target}: ${first.sourceRows} rows read, ${first.targetRows} rows found, ${first.differences.length} differences listed.`,
    hint: 'The report names each difference by table, key and column; often another target type resolves it.',
    where: { side: 'target', table: first.target },
  });
}
