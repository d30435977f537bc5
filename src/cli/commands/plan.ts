// `drover plan <project>`: the dry run; touches nothing.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plan, Statement, TablePlan } from '../../shared/model/plan.ts';
import { withContext } from '../context.ts';
import { planLines } from '../display/plan.ts';
import { whileWaiting } from '../display/waiting.ts';
import { blocked } from '../execute.ts';
import { type ExitStatus, exitStatus } from '../exit.ts';
import { openProject, saveText } from '../project-file.ts';

export function plan(file: string, options: { json?: boolean; sql?: string }): Promise<ExitStatus> {
  return withContext(options.json === true, async (context) => {
    const { terminal, host } = context;
    const made = await whileWaiting(terminal.theme, 'planning', host.call('plan', await openProject(context, file)));
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

/** One file for each phase, in the order in which a run executes them. */
async function saveSql(folder: string, made: Plan): Promise<void> {
  await mkdir(folder, { recursive: true });
  const position = new Map(made.order.flat().map((name, i) => [name, i]));
  const place = ({ source, target }: TablePlan) => position.get(target.name) ?? position.get(source) ?? 0;
  const tables = made.tables.toSorted((a, b) => place(a) - place(b));
  const phases = { '1-create.sql': 'create', '2-index.sql': 'index', '3-relate.sql': 'relate' } as const;
  for (const [file, phase] of Object.entries(phases)) {
    await saveText(join(folder, file), sqlText(tables.flatMap(({ ddl }) => ddl[phase])));
  }
}

function sqlText(statements: readonly Statement[]): string {
  if (statements.length === 0) return '-- nothing to do\n';
  return statements
    .map(({ purpose, sql }) => `-- ${purpose.replace(/\s+/g, ' ')}\n${sql.replace(/;?\s*$/, ';')}\n`)
    .join('\n');
}
