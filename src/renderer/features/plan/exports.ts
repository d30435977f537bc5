// The plan as files: its SQL in the order of the run, or everything it says, for other programs.

import type { Plan } from '../../../shared/model/plan.ts';
import { planSql } from '../../../shared/plan-sql.ts';
import { download } from '../../client/shell.ts';

export function downloadSql(plan: Plan): void {
  const text = planSql(plan)
    .map((file) => `-- ${file.name}\n\n${file.text}`)
    .join('\n\n');
  download(`${fileName(plan)}.plan.sql`, text, 'application/sql');
}

export function downloadJson(plan: Plan): void {
  download(`${fileName(plan)}.plan.json`, `${JSON.stringify(plan, null, 2)}\n`, 'application/json');
}

function fileName({ project }: Plan): string {
  return project.replace(/[^\p{L}\p{N}_.-]+/gu, '-');
}
