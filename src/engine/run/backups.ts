// The backups of a run as they stand in the target now.

import type { Consent } from '../../shared/contract.ts';
import { DroverError } from '../../shared/errors.ts';
import { many } from '../../shared/format.ts';
import type { Report } from '../../shared/model/report.ts';
import type { Backup, RunSummary } from '../../shared/model/run.ts';
import { audited, byWhom, openAudit } from './audit.ts';
import type { JobSide } from './job.ts';
import { readReport } from './records.ts';

/** Drops what the run keeps of the tables that it replaced; it can't be rolled back from then on. */
export async function dropBackups(
  found: RunSummary,
  target: Omit<JobSide, 'capabilities'>,
  consent: Consent | undefined,
): Promise<Backup[]> {
  if (found.state !== 'published' && found.state !== 'undone') {
    throw new DroverError('run.not-published', `Run ${found.run} is not published; it keeps no backups.`, {
      cause: `Its state is: ${found.state}.`,
    });
  }
  const standing = await standingBackups(await readReport(found.folder, found.run), target);
  if (standing.length === 0) return [];
  const audit = openAudit(found.folder, 'finish');
  const publisher = await audited(target.dialect, audit).openPublisher(target.access, { id: found.run, epoch: 1 });
  try {
    await publisher.lock();
    await audit.write('finish', 'running', `dropping ${many(standing.length, 'backup')}, ${byWhom(consent)}`);
    for (const { keptAs } of standing) await audit.write('finish', 'running', 'is dropped', keptAs);
    await audit.kept();
    await publisher.dropBackups();
  } finally {
    await publisher.close();
  }
  await audit.write('finish', 'done', `dropped ${many(standing.length, 'backup')}`);
  return standing;
}

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
      return found ? [{ table, keptAs, rows: found.rows, estimated: found.estimated, bytes: found.bytes }] : [];
    });
  } finally {
    await publisher.close();
  }
}
