// Business rules in SQL: asked of the source before the run, kept for the target until its new tables are there.

import { DroverError } from '../../shared/errors.ts';
import { many } from '../../shared/format.ts';
import type { Finding } from '../../shared/model/finding.ts';
import type { PlannedSqlRule, SqlRule } from '../../shared/model/rule.ts';
import type { Dialect } from '../dialects/dialect.ts';
import { bracketed } from '../dialects/filter.ts';
import type { Session } from '../dialects/session.ts';
import { finding } from './context.ts';

export interface AskedSqlRules {
  readonly rules: readonly PlannedSqlRule[];
  readonly findings: readonly Finding[];
}

/** Rules on the source are counted now; what breaks them blocks the plan, or warns. One that can't be asked has no query. */
export async function askSqlRules(
  rules: readonly SqlRule[],
  source: { readonly dialect: Dialect; readonly session: Pick<Session, 'query'> },
  target: Dialect,
): Promise<AskedSqlRules> {
  const findings: Finding[] = [];
  const planned: PlannedSqlRule[] = [];
  for (const { name, on, query, onBreak = 'stop' } of rules) {
    try {
      const { filter } = (on === 'source' ? source.dialect : target).relation;
      const select = bracketed(query, `the rule "${name}"`, filter, 'query');
      const broken = on === 'source' ? await countRows(select, source.session) : null;
      planned.push({ name, on, query: select.slice(1, -1), onBreak, broken });
      if (broken) findings.push(brokenRule(name, broken, onBreak));
    } catch (error) {
      findings.push(unaskable(name, error));
      planned.push({ name, on, query: '', onBreak, broken: null });
    }
  }
  return { rules: planned, findings };
}

/** Those on the target, of the tables that stand there now; what breaks them is counted, or stays unknown. */
export async function askAgain(
  rules: readonly PlannedSqlRule[],
  target: Pick<Session, 'query'>,
): Promise<AskedSqlRules> {
  const findings: Finding[] = [];
  const asked: PlannedSqlRule[] = [];
  for (const rule of rules) {
    if (rule.on === 'source' || rule.query === '') {
      asked.push(rule);
      continue;
    }
    try {
      asked.push({ ...rule, broken: await countRows(`(${rule.query})`, target) });
    } catch (error) {
      asked.push(rule);
      findings.push(unaskable(rule.name, error));
    }
  }
  return { rules: asked, findings };
}

async function countRows(select: string, session: Pick<Session, 'query'>): Promise<number> {
  const [row] = await session.query(`SELECT COUNT(*) AS counted FROM ${select} AS broken`);
  return Number(row?.counted);
}

function brokenRule(name: string, broken: number, onBreak: 'stop' | 'warn'): Finding {
  const message = `The rule "${name}" is broken by ${many(broken, 'row')} of the source.`;
  const remedies = ['Correct these rows in the source, keep them out with a filter, or let the rule only warn.'];
  return finding(
    onBreak === 'stop' ? 'blocker' : 'warning',
    'rule.broken',
    { side: 'source' },
    message,
    remedies,
    String(broken),
  );
}

/** A lost connection is no fault of the rule. */
function unaskable(name: string, error: unknown): Finding {
  if (!(error instanceof DroverError) || error.code.startsWith('connect.')) throw error;
  const { cause, hint } = error.data;
  const message = `The rule "${name}" can't be asked: ${cause ?? error.message}`;
  return finding('blocker', 'map.bad-rule', { side: 'project' }, message, [hint ?? 'Correct its SQL in the project.']);
}
