// The backups of a run as they stand in the target now.

import type { Report } from '../../shared/model/report.ts';
import type { Backup } from '../../shared/model/run.ts';
import type { JobSide } from './job.ts';

/** Those that the report names and the target still has. Reads only, and takes no lock. */
export async function standingBackups(
  { run, backups }: Report,
  target: Omit<JobSide, 'capabilities'>,
): Promise<Backup[]> {
  if (backups.length === 0) return [];
  const publisher = await target.dialect.openPublisher(target.access, { id: run, epoch: 1 });
  try {
    const standing = new Map((await publisher.backups()).map((each) => [each.keptAs, each]));
    return backups.flatMap(({ table, keptAs }) => {
      const found = standing.get(keptAs);
      return found ? [{ table, keptAs, rows: found.rows, bytes: found.bytes }] : [];
    });
  } finally {
    await publisher.close();
  }
}
