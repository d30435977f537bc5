// One staged table, empty, whatever stood under its name in staging before.

import type { TablePlan } from '../../shared/model/plan.ts';
import { need, type RunContext } from './job.ts';

export async function createStaged({ job, made, artifacts }: RunContext, { target, merge }: TablePlan): Promise<void> {
  const publisher = need(made.publisher, 'publisher');
  const { ddl } = job.target.dialect;
  // Also where nothing was staged when the target was asked: a process that was taken over may have gone on since.
  if (job.identity.epoch > 1) await publisher.forget(target.name);
  const create = merge ? ddl.createAlike : ddl.create;
  await publisher.session.execute(create(target, job.plan.target, job.identity));
  artifacts.audit.tell('stage', 'done', `made empty in ${publisher.stagingName}`, target.name);
}
