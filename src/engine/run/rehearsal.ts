// The proof of a rehearsal: the tables of the target that the run would touch hold afterwards what they held before.

import { DroverError } from '../../shared/errors.ts';
import type { Publisher } from '../dialects/dialect.ts';
import { need, type RunContext } from './job.ts';

/** What stands in the target before anything is made there. */
export async function contentsBefore({ job, made }: RunContext): Promise<string> {
  return contents(job, need(made.publisher, 'publisher'));
}

/** Throws `compensate.failed` where the target is not as it was. */
export async function proveAsBefore({ job, made }: RunContext): Promise<void> {
  const publisher = await job.target.dialect.openPublisher(job.target.access, job.identity);
  try {
    const now = await contents(job, publisher);
    if (now === made.before) return;
    throw new DroverError('compensate.failed', 'After the rehearsal the target is not as it was before.', {
      cause: `Before: ${made.before}. Now: ${now}.`,
      hint: 'If others write into these tables, rehearse when they do not; else please report this.',
      where: { side: 'target' },
    });
  } finally {
    await publisher.close();
  }
}

/** Structure of all tables; rows of those that would be replaced or added to. */
async function contents({ plan }: RunContext['job'], publisher: Publisher): Promise<string> {
  const { fingerprint } = await publisher.session.inspect();
  const standing = plan.tables.filter(({ existing }) => existing !== null).map(({ target }) => target.name);
  return `structure ${fingerprint}\n${await publisher.contentsOf(standing)}`;
}
