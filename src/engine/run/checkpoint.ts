// The checkpoint: how far a run is, for people and scripts that look at its folder.

import type { Checkpoint, RunState, StepName } from '../../shared/model/run.ts';
import type { RunContext } from './job.ts';
import { leftTables, movingTables } from './left-out.ts';

export function checkpointOf(context: RunContext, step: StepName, status: RunState): Checkpoint {
  const { job, made } = context;
  const moving = movingTables(context);
  const completed = moving.filter(
    ({ source, chunks }) => made.tables.has(source) || (made.loads.get(source)?.length ?? 0) >= chunks.length,
  );
  const pending = moving.filter((table) => !completed.includes(table));
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
