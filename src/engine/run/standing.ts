// Where a run stands that was cut off: asked of the target, with the journal for what the target can't tell.

import { list, many } from '../../shared/format.ts';
import type { Standing as Told } from '../../shared/model/run.ts';
import type { TargetState } from '../dialects/publishing.ts';
import type { RunIdentity } from '../dialects/session.ts';
import type { Job, JobSide, Standing } from './job.ts';
import type { Store } from './store/store.ts';
import { hasVerified, readVerified } from './verified.ts';

export interface Found {
  readonly state: TargetState;
  /** Of whoever had the run last; 0 where the target knows nothing of it. */
  readonly epoch: number;
  /** Tables that stand in staging now. */
  readonly staged: readonly string[];
}

/** Reads only, and takes no lock. */
export async function askTarget(run: string, { dialect, access }: Pick<JobSide, 'dialect' | 'access'>): Promise<Found> {
  const publisher = await dialect.openPublisher(access, { id: run, epoch: 0 });
  try {
    return {
      state: await publisher.state(),
      epoch: await publisher.epoch(),
      staged: await publisher.tablesIn('staging'),
    };
  } finally {
    await publisher.close();
  }
}

/** The job as it goes on: with the epoch that fences everybody off who had it before. */
export async function standAgain(job: Job, folder: string, store: Pick<Store, 'journalled'>): Promise<Job> {
  const found = await askTarget(job.identity.id, job.target);
  const identity: RunIdentity = { ...job.identity, epoch: Math.max(found.epoch, job.identity.epoch) + 1 };
  return { ...job, identity, standing: await standingIn(identity.id, folder, found, store) };
}

export async function standingIn(
  run: string,
  folder: string,
  found: Found,
  store: Pick<Store, 'journalled'>,
): Promise<Standing> {
  const published = (await store.journalled(run, 'publish')).at(-1) === 'done';
  return standingOf(found, published, folder);
}

/** For people, and what they can do about it. */
export function standingWords(stands: Standing, { staged, state }: Found, takenBack: readonly string[]): Told {
  switch (stands) {
    case 'nothing':
      return { stands, words: 'Nothing of it stands in the target, whose own tables are as they were.' };
    case 'staged':
      return {
        stands,
        words:
          state === 'half published'
            ? 'It was cut off while it published: its new tables stand in their places, the rows for others were not added.'
            : `It had published nothing: the target's own tables are as they were. Beside them ${many(staged.length, 'table')} of the run ${staged.length === 1 ? 'stands' : 'stand'} in staging.`,
      };
    case 'verified':
      return {
        stands,
        words: `All of it is loaded and verified, ${many(staged.length, 'table')} in staging; the target's own tables are as they were.`,
      };
    case 'published':
      return {
        stands,
        words: `It had published: its tables stand in their places in the target${takenBack.length > 0 ? `, but for ${list(takenBack)}, which were rolled back` : ''}.`,
      };
  }
}

/**
 * Half published is what a later step takes back: nothing is lost by that, and all is loaded and verified. A run that
 * was compensated in the middle has nothing that could be trusted but what the ledger says.
 */
async function standingOf({ state, staged }: Found, published: boolean, folder: string): Promise<Standing> {
  switch (state) {
    case 'absent':
      // The last step takes the control row away where no old table is kept beside it.
      return published ? 'published' : 'nothing';
    case 'published':
      return 'published';
    case 'staged':
      return (await hasVerified(folder, staged)) ? 'verified' : 'staged';
    case 'half published':
      // What has taken its place comes back into staging, and is read again there.
      return (await readVerified(folder)) ? 'verified' : 'staged';
  }
}
