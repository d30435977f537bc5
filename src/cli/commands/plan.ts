// `drover plan <project>`: the dry run; touches nothing.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { saveText } from '../../host/project-file.ts';
import type { Plan } from '../../shared/model/plan.ts';
import { planSql } from '../../shared/plan-sql.ts';
import { withContext } from '../context.ts';
import { planLines } from '../display/plan.ts';
import { whileWaiting } from '../display/waiting.ts';
import { blocked } from '../execute.ts';
import { type ExitStatus, exitStatus } from '../exit.ts';
import { type Elsewhere, openProject } from '../project-file.ts';

interface PlanOptions extends Elsewhere {
  readonly json?: boolean;
  readonly sql?: string;
}

export function plan(file: string, options: PlanOptions): Promise<ExitStatus> {
  return withContext(options.json === true, async (context) => {
    const { terminal, host } = context;
    const made = await whileWaiting(
      terminal.theme,
      'planning',
      host.call('plan', await openProject(context, file, options)),
    );
    if (terminal.json) terminal.record(made);
    else for (const line of planLines(terminal.theme, made, terminal.columns)) terminal.say(line);
    if (options.sql !== undefined) {
      await saveSql(options.sql, made);
      terminal.say(`  SQL written into ${options.sql}`);
    }
    const blockers = made.findings.filter(({ severity }) => severity === 'blocker').length;
    if (blockers > 0) throw blocked(blockers);
    return exitStatus.ok;
  });
}

async function saveSql(folder: string, made: Plan): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const { name, text } of planSql(made)) await saveText(join(folder, name), text);
}
