// Finish: staging goes, locks and connections are released. Nothing here can undo what is published.

import { asDroverError } from '../../support/failure.ts';
import { need, type RunContext, tellLog } from '../job.ts';
import { movingTables } from '../left-out.ts';
import { keepsBackup } from '../publication.ts';
import type { Step } from '../saga.ts';

export const finish: Step<RunContext> = {
  name: 'finish',
  uncancellable: true,

  async act(context) {
    const { made } = context;
    const publisher = need(made.publisher, 'publisher');
    const left: string[] = [];
    // A failure here leaves something lying about, which is told; the migration itself stands.
    for (const [what, tidy] of [
      ['the staging namespace', () => publisher.dropStaging()],
      ['the lock on the target', () => publisher.close()],
      ['the workers', () => made.executor?.close()],
      ['the snapshot of the source', () => made.snapshot?.release()],
    ] as const) {
      try {
        await tidy();
      } catch (thrown) {
        left.push(what);
        tellLog(context, 'warning', `Could not tidy up ${what}: ${asDroverError(thrown).message}`);
      }
    }
    const kept = movingTables(context).some(keepsBackup);
    if (left.length === 0) return kept ? 'only the backups are left' : 'nothing left behind';
    return `left behind: ${left.join(', ')}`;
  },
};
