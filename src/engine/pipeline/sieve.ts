// Sieve: the rules of a table, asked of each row as the target will hold it.

import { DroverError } from '../../shared/errors.ts';
import type { Lane } from '../../shared/model/plan.ts';
import type { PlannedRule, RuleResult } from '../../shared/model/rule.ts';
import { columnsOfRule, ruleWords } from '../../shared/rule-words.ts';
import type { BatchWriter, RowBatch } from './batch.ts';
import type { Refuse } from './refusal.ts';
import { RowFields } from './row-fields.ts';
import { compileRule, type RuleTest } from './rules/tests.ts';
import type { ChainContext } from './transforms/chain.ts';

export interface Sieve {
  /** Leaves out rows in quarantine; valid until the next call. Throws `rule.broken` where a rule stops the run. */
  sift(batch: RowBatch): RowBatch;
  /** Each rule with the rows that broke it so far. */
  readonly results: readonly RuleResult[];
}

/** Null where there are no rules. */
export function compileSieve(
  table: string,
  lanes: readonly Lane[],
  rules: readonly PlannedRule[],
  context: ChainContext,
  out: BatchWriter,
  refuse: Refuse,
): Sieve | null {
  if (rules.length === 0) return null;
  const row = new RowFields(lanes.map(({ targetLogical }) => targetLogical));
  const checks = inOrder(rules).map((planned) => new Check(planned, lanes, row, context));

  /** False when the row goes into quarantine. */
  function passes(place: number): boolean {
    for (const check of checks) {
      if (check.holds()) continue;
      check.broken++;
      if (check.onBreak === 'stop') throw stopped(table, check);
      if (check.onBreak === 'warn') continue;
      refuse({
        row: place,
        column: check.source,
        step: null,
        rule: check.words,
        reason: `It breaks the rule ${check.words}.`,
      });
      return false;
    }
    return true;
  }

  return {
    get results() {
      return checks.map(({ words: what, broken, onBreak }) => ({ what, broken, onBreak }));
    },
    sift(batch) {
      out.clear();
      let at = 0;
      for (let place = 0; place < batch.rows; place++) {
        const end = row.moveTo(batch.bytes, at);
        if (passes(place)) {
          out.bytesOf(batch.bytes, at, end);
          out.rows++;
        }
        at = end;
      }
      return out.batch;
    },
  };
}

/** A value counts as seen only when its row moves: that rule comes last. */
function inOrder(rules: readonly PlannedRule[]): PlannedRule[] {
  return [...rules.filter(({ rule }) => rule.rule !== 'unique'), ...rules.filter(({ rule }) => rule.rule === 'unique')];
}

class Check {
  readonly words: string;
  readonly onBreak: RuleResult['onBreak'];
  /** Source column that its first column comes from. */
  readonly source: string;
  broken = 0;
  readonly #test: RuleTest;
  readonly #positions: readonly number[];
  readonly #row: RowFields;

  constructor({ rule, onBreak }: PlannedRule, lanes: readonly Lane[], row: RowFields, context: ChainContext) {
    const positions = columnsOfRule(rule).map((name) => lanes.findIndex(({ target }) => target === name));
    const used = positions.map((position) => lanes[position]!);
    this.words = ruleWords(rule);
    this.onBreak = onBreak;
    this.source = used[0]!.source;
    this.#test = compileRule(
      rule,
      used.map(({ targetLogical }) => targetLogical),
      context,
    );
    this.#positions = positions;
    this.#row = row;
  }

  holds(): boolean {
    return this.#test(this.#positions.map((position) => this.#row.text(position)));
  }
}

function stopped(table: string, { words, source }: Check): DroverError {
  return new DroverError('rule.broken', `A row of ${table} breaks the rule ${words}.`, {
    hint: 'Correct the rows in the source or by steps, or let the rule keep them aside ("onBreak": "quarantine").',
    where: { side: 'source', table, column: source },
  });
}
