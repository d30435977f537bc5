// Confirm: the target itself says that it is published, and its catalogue shows the planned structure.

import { DroverError } from '../../../shared/errors.ts';
import type { TableReport } from '../../../shared/model/report.ts';
import { need, type RunContext } from '../job.ts';
import type { Step } from '../saga.ts';
import { compareStructure } from '../structure.ts';

export const confirm: Step<RunContext> = {
  name: 'confirm',
  uncancellable: true,

  async act({ job, made }) {
    const publisher = need(made.publisher, 'publisher');
    if ((await publisher.state()) !== 'published') {
      throw new DroverError('publish.failed', 'The target does not say that the new tables are published.', {
        where: { side: 'target' },
      });
    }
    const catalog = await publisher.session.inspect();
    made.after = catalog;
    for (const table of job.plan.tables) {
      const report = made.tables.get(table.source);
      const structure = compareStructure(table.target, catalog, job.target.dialect.types, highestOf(report));
      if (report) made.tables.set(table.source, { ...report, structure });
      const wrong = structure.find((check) => !check.equal);
      if (wrong) {
        throw new DroverError(
          'verify.different',
          `The structure of ${table.target.name} is not as planned: ${wrong.what}.`,
          {
            cause: `Planned: ${wrong.expected}. Found: ${wrong.actual}.`,
            hint: 'Please report this with the plan; renaming or retyping the object named above may avoid it.',
            where: { side: 'target', table: table.target.name },
          },
        );
      }
    }
    return 'published, structure as planned';
  },
};

/** The largest value of each integer column, as the target itself computed it. */
function highestOf(report: TableReport | undefined): Map<string, string> {
  const witnesses = report?.witnesses.filter(({ question, target }) => question === 'max' && target !== null) ?? [];
  return new Map(witnesses.map(({ column, target }) => [column, target!]));
}
