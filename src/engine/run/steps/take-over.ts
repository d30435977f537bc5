// Take over: the target says that the run is published, and whoever published it is gone. What is left is to say so.

import { need, type RunContext } from '../job.ts';
import type { Step } from '../saga.ts';
import { readVerified, restore } from '../verified.ts';

export const takeOver: Step<RunContext> = {
  name: 'publish',
  uncancellable: true,

  async act({ job, made, artifacts }) {
    made.publisher = await job.target.dialect.openPublisher(job.target.access, job.identity);
    await made.publisher.endLeftovers();
    await made.publisher.lock();
    // Raises the epoch, and keeps what is published.
    await made.publisher.reclaim();
    restore(made, need(await readVerified(artifacts.folder), 'evidence of the verification'));
    made.published = true;
    return 'published before the interruption';
  },
};
