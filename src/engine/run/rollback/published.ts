// What is known of a published run, from its records, when it is to be rolled back.

import type { CallOutput } from '../../../shared/contract.ts';
import type { Report } from '../../../shared/model/report.ts';
import type { StepState } from '../../../shared/model/run.ts';
import type { RunTable } from '../../dialects/dialect.ts';
import type { JobSide } from '../job.ts';
import type { PlannedTables } from '../records.ts';

export type RolledBack = CallOutput<'run.rollback'>;

export interface Published {
  readonly run: string;
  readonly tables: PlannedTables;
  /** Holds the digest of every table as it was published. */
  readonly report: Report;
  readonly target: JobSide;
  /** What other runs have published at the same target and stands, as far as the history of this machine knows. */
  readonly others: readonly RunTable[];
  readonly keepNewer: boolean;
  /** How often a rollback of this run was begun before. */
  readonly begun: number;
  /** The last of them was not concluded, though it may have done all in the target: its process is gone. */
  readonly brokenOff: boolean;
  readonly workerUrl: URL;
  /** Durable: resolves when it is on disk. */
  readonly journal: (state: StepState, detail: string) => Promise<void>;
}
