// Publish: the new tables take the place of the old ones, all at once, and the old ones are kept.

import { publishWords } from '../../../shared/merging-words.ts';
import type { Publisher } from '../../dialects/publishing.ts';
import { refuseOtherShape, refuseStuck } from '../dependants.ts';
import { need, type RunContext } from '../job.ts';
import { movingTables } from '../left-out.ts';
import { publicationOf } from '../publication.ts';
import { livePublisher } from '../reconnect.ts';
import type { Step } from '../saga.ts';

export const publish: Step<RunContext> = {
  name: 'publish',

  async act(context) {
    const { made } = context;
    const executor = need(made.executor, 'executor');
    // Open readers and their snapshots would make the exchange wait for Drover itself.
    await executor.release('target');
    await executor.release('source');
    const publisher = need(made.publisher, 'publisher');
    const publication = publicationOf(movingTables(context));
    await auditIntent(context, publisher);
    await publisher.publish(publication, {
      signal: context.signal,
      look: (dependants) => refuseStuck(context, dependants),
      locked: () => refuseOtherShape(context, publisher),
    });
    made.published = true;
    return publishWords(movingTables(context), context.job.target.capabilities);
  },

  async compensate(context) {
    const publisher = await livePublisher(context);
    // The statement may have succeeded without its answer arriving: the target knows.
    const state = await publisher.state();
    if (state === 'published' || state === 'half published') {
      await publisher.unpublish(publicationOf(movingTables(context)));
    }
    context.made.published = false;
  },
};

/** Before it acts, and on disk: whoever reads this after a crash knows what may have moved, and where to. */
async function auditIntent(context: RunContext, publisher: Publisher): Promise<void> {
  const { audit } = context.artifacts;
  for (const { target, existing, merge } of movingTables(context)) {
    const kept = existing === null ? '' : `, what stands there is kept as ${publisher.backupName(target.name)}`;
    const act = merge?.refills ? 'its rows are exchanged' : merge ? 'its rows go in' : 'takes its place';
    audit.tell('publish', 'running', `${act}${kept}`, target.name);
  }
  await audit.kept();
}
