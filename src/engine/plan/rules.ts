// Rules of a plan: which hold for a table's rows, what becomes of those that break them, and what is wrong with them.

import { DroverError } from '../../shared/errors.ts';
import { keepsAside } from '../../shared/left-out.ts';
import type { Lane } from '../../shared/model/plan.ts';
import type { ErrorPolicy } from '../../shared/model/quarantine.ts';
import type { PlannedRule, Rule } from '../../shared/model/rule.ts';
import { columnsOfRule, ruleWords } from '../../shared/rule-words.ts';
import { compileRule } from '../pipeline/rules/tests.ts';
import { type Context, finding } from './context.ts';
import type { TablePair } from './reconcile.ts';

/** A rule that can't be asked is left out, and blocks the plan. */
export function planRules(
  pair: TablePair,
  lanes: readonly Lane[],
  key: readonly string[],
  errors: ErrorPolicy,
  context: Context,
): PlannedRule[] {
  return (pair.mapping.rules ?? []).flatMap((rule): PlannedRule[] => {
    const fault = faultOf(rule, lanes, key);
    if (fault === null) return [{ rule, onBreak: outcomeFor(rule, errors) }];
    refuse(rule, fault, pair, context);
    return [];
  });
}

interface Fault {
  readonly what: string;
  readonly remedy: string;
}

function faultOf(rule: Rule, lanes: readonly Lane[], key: readonly string[]): Fault | null {
  const columns = columnsOfRule(rule).map((name) => lanes.find(({ target }) => target === name));
  if (columns.includes(undefined)) {
    const name = columnsOfRule(rule)[columns.indexOf(undefined)];
    return { what: `the target gets no values for a column ${name}`, remedy: 'Correct the name of the column.' };
  }
  if (rule.rule === 'unique' && key.length === 0) {
    const what = 'the source has no key that says which of two equal rows comes first';
    return { what, remedy: 'Leave duplicates out with a query in place of the table.' };
  }
  try {
    const types = columns.map((lane) => lane!.targetLogical);
    compileRule(rule, types, { secret: () => null, now: new Date(0), lookup: () => () => undefined });
    return null;
  } catch (error) {
    if (!(error instanceof DroverError)) throw error;
    return { what: error.message.replace(/\.$/, ''), remedy: error.data.hint ?? 'Correct the rule.' };
  }
}

function refuse(rule: Rule, { what, remedy }: Fault, { source, columns }: TablePair, { report }: Context): void {
  const [name] = columnsOfRule(rule);
  const at = columns.find(({ mapping }) => mapping.target === name);
  const place = { side: 'project', table: source.name, ...(at ? { column: at.source.name } : {}) } as const;
  report(
    finding('blocker', 'map.bad-rule', place, `The rule ${ruleWords(rule)} of ${source.name} can't be held: ${what}.`, [
      remedy,
    ]),
  );
}

/** What a row that breaks the rule meets: as the rule says, else as the table's policy has it. */
export function outcomeFor(rule: Rule, errors: ErrorPolicy): PlannedRule['onBreak'] {
  return rule.onBreak ?? (keepsAside(errors) ? 'quarantine' : 'stop');
}
