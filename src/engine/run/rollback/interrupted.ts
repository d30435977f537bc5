// What is said of a run whose process is gone: it can't be rolled back from its records, so the target is asked.

import { DroverError } from '../../../shared/errors.ts';
import { list, many } from '../../../shared/format.ts';
import type { Publisher } from '../../dialects/dialect.ts';
import type { JobSide } from '../job.ts';

/** Reads only, and takes no lock. */
export async function interrupted(run: string, target: Omit<JobSide, 'capabilities'>): Promise<DroverError> {
  const publisher = await target.dialect.openPublisher(target.access, { id: run, epoch: 1 });
  try {
    const { cause, hint } = await leftBehind(publisher);
    const message = `Run ${run} was interrupted: the process that carried it out is gone.`;
    return new DroverError('run.interrupted', message, { cause, hint, where: { side: 'target' } });
  } finally {
    await publisher.close();
  }
}

async function leftBehind(publisher: Publisher): Promise<{ readonly cause: string; readonly hint: string }> {
  const { stagingName } = publisher;
  switch (await publisher.state()) {
    case 'absent':
      return { cause: 'Nothing of it stands in the target.', hint: 'Run again.' };
    case 'staged': {
      const tables = (await publisher.tablesIn('staging')).length;
      return {
        cause: `It had published nothing. Its own copy stands in the target, ${many(tables, 'table')} in ${stagingName}.`,
        hint: `Run again; drop ${stagingName} when nobody needs it any more.`,
      };
    }
    case 'half published':
      return {
        cause: 'It was cut off while it published: its new tables stand in the target, no rows were added to others.',
        hint: `Drop the new tables, and ${stagingName}, when nobody needs them any more.`,
      };
    case 'published': {
      const kept = await publisher.tablesIn('backup');
      const merged = (await publisher.merged()).map(({ table }) => table);
      if (merged.length > 0) {
        return {
          cause: `It had published: its tables stand in the target, and its rows in ${list(merged)}; what was there before is kept as ${kept.map((table) => publisher.backupName(table)).join(', ')}.`,
          hint: 'Verify the migration again; it left no report from which it could be rolled back.',
        };
      }
      const old = kept.map((table) => publisher.backupName(table)).join(', ');
      return {
        cause: `It had published: its tables stand in the target${old === '' ? '' : `, the earlier ones as ${old}`}.`,
        hint: 'Verify the migration again; it left no report from which it could be rolled back.',
      };
    }
  }
}
