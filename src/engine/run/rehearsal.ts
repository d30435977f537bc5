// The proof of a rehearsal: the tables of the target that the run would touch hold afterwards what they held before.

import { DroverError } from '../../shared/errors.ts';
import type { Publisher } from '../dialects/publishing.ts';
import { type Made, need, type RunContext } from './job.ts';

type Contents = NonNullable<Made['before']>;

/** What stands in the target before anything is made there. */
export async function contentsBefore({ job, made }: RunContext): Promise<Contents> {
  return contents(job, need(made.publisher, 'publisher'));
}

/** Throws `compensate.failed` where the target is not as it was. */
export async function proveAsBefore({ job, made, artifacts: { audit } }: RunContext): Promise<void> {
  const before = need(made.before, 'look at the target before');
  const publisher = await job.target.dialect.openPublisher(job.target.access, job.identity);
  try {
    const now = await contents(job, publisher);
    const differing: string[] = [];
    for (const [what, held] of before) {
      const holds = now.get(what) ?? 'nothing';
      if (holds !== held) differing.push(`${what}: ${held} before, ${holds} now`);
      const words = `${held} before the rehearsal, ${holds} after it: ${holds === held ? 'the same' : 'different'}`;
      await audit.write('verify', holds === held ? 'done' : 'failed', words, what);
    }
    const words = `${before.size - differing.length} of ${before.size} digests as before the rehearsal`;
    await audit.write('verify', differing.length === 0 ? 'done' : 'failed', words);
    if (differing.length === 0) return;
    throw new DroverError('compensate.failed', 'After the rehearsal the target is not as it was before.', {
      cause: `${differing.join('; ')}.`,
      hint: 'If others write into these tables, rehearse when they do not; else please report this.',
      where: { side: 'target' },
    });
  } finally {
    await publisher.close();
  }
}

/** Structure of all tables; rows of those that would be replaced or added to. */
async function contents({ plan }: RunContext['job'], publisher: Publisher): Promise<Contents> {
  const { fingerprint } = await publisher.session.inspect();
  const standing = plan.tables.filter(({ existing }) => existing !== null).map(({ target }) => target.name);
  return new Map([['the structure', fingerprint], ...(await publisher.contentsOf(standing))]);
}
