// A plan's statements as SQL files for people to read: one for each phase, in the order in which a run executes them.

import type { Plan, Statement, TablePlan } from './model/plan.ts';

export interface SqlFile {
  readonly name: string;
  readonly text: string;
}

const PHASES = { '1-create.sql': 'create', '2-index.sql': 'index', '3-relate.sql': 'relate' } as const;

export function planSql(plan: Plan): SqlFile[] {
  const position = new Map(plan.order.flat().map((name, i) => [name, i]));
  const place = ({ source }: TablePlan): number => position.get(source) ?? 0;
  const tables = plan.tables.toSorted((a, b) => place(a) - place(b));
  return Object.entries(PHASES).map(([name, phase]) => ({
    name,
    text: sqlText(tables.flatMap(({ ddl }) => ddl[phase])),
  }));
}

function sqlText(statements: readonly Statement[]): string {
  if (statements.length === 0) return '-- nothing to do\n';
  return statements
    .map(({ purpose, sql }) => `-- ${purpose.replace(/\s+/g, ' ')}\n${sql.replace(/;?\s*$/, ';')}\n`)
    .join('\n');
}
