// Undoing a run that nobody carries out any more and that is not published: its staging goes, the target is as before.

import { DroverError } from '../../shared/errors.ts';
import type { Job } from './job.ts';
import { publicationOf } from './publication.ts';
import { readVerified } from './verified.ts';

/** Safe to repeat. Throws `run.not-resumable` where the target says that the run is published: that is no undoing. */
export async function undo(
  { identity, target, plan }: Pick<Job, 'identity' | 'target' | 'plan'>,
  folder: string,
): Promise<void> {
  const publisher = await target.dialect.openPublisher(target.access, identity);
  try {
    await publisher.endLeftovers();
    await publisher.lock();
    const state = await publisher.state();
    switch (state) {
      case 'absent':
        return;
      case 'published':
        throw new DroverError('run.not-resumable', `Run ${identity.id} is published already.`, {
          hint: 'Roll it back as a published run.',
          where: { side: 'target' },
        });
      case 'staged':
      case 'half published':
        // Raises the epoch: whoever had the run before writes nothing from now on.
        await publisher.createStaging();
        if (state === 'half published') await publisher.unpublish(publicationOf(await moving(plan, folder)));
        await publisher.dropStaging();
    }
  } finally {
    await publisher.close();
  }
}

async function moving({ tables }: Job['plan'], folder: string): Promise<Job['plan']['tables']> {
  const left = new Set((await readVerified(folder))?.left.map(({ source }) => source));
  return tables.filter(({ source }) => !left.has(source));
}
