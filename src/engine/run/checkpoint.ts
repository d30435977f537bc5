// The checkpoint: how far a run is, for people and scripts that look at its folder.

import { chunksOf } from '../../shared/feeds.ts';
import type { Checkpoint, RunState, StepName } from '../../shared/model/run.ts';
import { loadsOf, type RunContext } from './job.ts';
import { leftTables, movingTables } from './left-out.ts';

export function checkpointOf(context: RunContext, step: StepName, status: RunState): Checkpoint {
  const { job, made } = context;
  const moving = movingTables(context);
  const { completed = [], pending = [] } = Object.groupBy(moving, (table) =>
    made.tables.has(table.source) || loadsOf(made, table).length >= chunksOf(table) ? 'completed' : 'pending',
  );
  return {
    migration_id: job.identity.id,
    current_phase: step,
    tables_completed: completed.map((table) => table.target.name),
    tables_pending: pending.map((table) => table.target.name),
    tables_left_out: leftTables(context).map(({ target }) => target),
    rollback_point: step === 'finish' ? null : 'preflight',
    started_at: job.startedAt,
    last_checkpoint: new Date().toISOString(),
    status,
  };
}
