// Confirm: the target itself says that it is published, and its catalogue shows the planned structure.

import { DroverError } from '../../../shared/errors.ts';
import type { TableReport } from '../../../shared/model/report.ts';
import type { MergedTable } from '../../dialects/publishing.ts';
import { need, type RunContext } from '../job.ts';
import { movingTables } from '../left-out.ts';
import type { Step } from '../saga.ts';
import { compareMerged, compareStructure } from '../structure.ts';

export const confirm: Step<RunContext> = {
  name: 'confirm',
  uncancellable: true,

  async act(context) {
    const { job, made } = context;
    const tables = movingTables(context);
    const publisher = need(made.publisher, 'publisher');
    if ((await publisher.state()) !== 'published') {
      throw new DroverError('publish.failed', 'The target does not say that the new tables are published.', {
        cause: 'It took them a moment ago: since then another process rolled them back, or the server lost a commit.',
        hint: "See the server's log, and in the history what became of the run; if it is left interrupted, go on with it, else run again.",
        command: `drover resume ${job.identity.id}`,
        where: { side: 'target' },
      });
    }
    const catalog = await publisher.session.inspect();
    made.after = catalog;
    const recorded = tables.some(({ merge }) => merge) ? await publisher.merged() : [];
    for (const table of tables) {
      const report = made.tables.get(table.source);
      const merged = recorded.find((each) => each.table === table.target.name);
      const structure = table.merge
        ? compareMerged(table, report, merged, catalog)
        : compareStructure(table.target, catalog, job.target.dialect.types, highestOf(report));
      if (report) made.tables.set(table.source, { ...report, structure, ...countsOf(merged) });
      const wrong = structure.find((check) => !check.equal);
      if (wrong) {
        throw new DroverError(
          'verify.different',
          `The structure of ${table.target.name} is not as planned: ${wrong.what}.`,
          {
            cause: `Planned: ${wrong.expected}. Found: ${wrong.actual}.`,
            hint: table.merge
              ? 'Look at the table in the target, and run again.'
              : 'Please report this with the plan; renaming or retyping the object named above may avoid it.',
            where: { side: 'target', table: table.target.name },
          },
        );
      }
    }
    const into = tables.filter(({ merge }) => merge).length;
    if (into === 0) return 'published, structure as planned';
    return into === tables.length
      ? 'published, the counts of every table add up'
      : 'published, structure as planned, counts add up';
  },
};

function countsOf(merged: MergedTable | undefined): Pick<TableReport, 'merged'> {
  if (!merged) return {};
  const { table: _, ...counts } = merged;
  return { merged: counts };
}

/** The largest value of each integer column, as the target itself computed it. */
function highestOf(report: TableReport | undefined): Map<string, string> {
  const witnesses = report?.witnesses.filter(({ question, target }) => question === 'max' && target !== null) ?? [];
  return new Map(witnesses.map(({ column, target }) => [column, target!]));
}
