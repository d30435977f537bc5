// What each rule asks of the values of one row.

import { assertNever, DroverError } from '../../../shared/errors.ts';
import type { LogicalType } from '../../../shared/model/logical-type.ts';
import type { Rule } from '../../../shared/model/rule.ts';
import { SeenFile } from '../seen-file.ts';
import { timestamp, uuid } from '../transforms/cast.ts';
import type { ChainContext, Value } from '../transforms/chain.ts';
import { patternTest } from '../transforms/pattern.ts';
import { looksLikeEmail } from '../transforms/people.ts';
import { itemsTest } from './items.ts';
import { comparer } from './order.ts';

/** True where the values, in the order of `columnsOfRule`, meet the rule. */
export type RuleTest = (values: readonly Value[]) => boolean;

/** `types` are those of the columns. Throws `map.bad-rule`. */
export function compileRule(rule: Rule, types: readonly LogicalType[], context: ChainContext): RuleTest {
  switch (rule.rule) {
    case 'required':
      return ([value]) => value !== null && value !== undefined && value.trim() !== '';
    case 'unique':
      return unique();
    case 'length': {
      const { min = 0, max = Number.POSITIVE_INFINITY } = rule;
      if (min > max) throw crossed(String(min), String(max));
      return unlessNull((value) => {
        const length = [...value].length;
        return length >= min && length <= max;
      });
    }
    case 'format':
      return unlessNull(FORMATS[rule.is]);
    case 'matches':
      return unlessNull(badRule(() => patternTest(rule.pattern)));
    case 'range': {
      const compare = comparer(types[0]!);
      const { min, max } = rule;
      for (const bound of [min, max]) if (bound !== undefined && !compare.understands(bound)) throw notABound(bound);
      if (min !== undefined && max !== undefined && compare.order(min, max) > 0) throw crossed(min, max);
      return unlessNull(
        (value) =>
          (min === undefined || compare.order(value, min) >= 0) &&
          (max === undefined || compare.order(value, max) <= 0),
      );
    }
    case 'not in the future':
      return notAfter(context.now, types[0]!);
    case 'one of': {
      const known = new Set(rule.values);
      return unlessNull((value) => known.has(value));
    }
    case 'exists': {
      const find = context.lookup({ in: rule.in, match: rule.match, take: rule.match });
      return unlessNull((value) => find(value) !== undefined);
    }
    case 'compare': {
      const { order } = comparer(types[0]!);
      const holds = COMPARISONS[rule.is];
      return ([left, right]) => left == null || right == null || holds(order(left, right));
    }
    case 'items':
      return unlessNull(itemsTest(rule));
    default:
      return assertNever(rule);
  }
}

function unlessNull(test: (value: string) => boolean): RuleTest {
  return ([value]) => value == null || test(value);
}

const FORMATS: Readonly<Record<Extract<Rule, { rule: 'format' }>['is'], (value: string) => boolean>> = {
  email: looksLikeEmail,
  uuid: (value) => uuid(value) === value.toLowerCase(),
  datetime: (value) => timestamp(value) !== undefined,
  url: (value) => /^https?:\/\//i.test(value) && URL.canParse(value),
};

const COMPARISONS: Readonly<Record<Extract<Rule, { rule: 'compare' }>['is'], (order: number) => boolean>> = {
  '=': (order) => order === 0,
  '<>': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

/** Texts write an instant in many ways; of the others each has one. */
function notAfter(instant: Date, { kind }: LogicalType): RuleTest {
  if (!DATED.includes(kind)) throw notDated(kind);
  const now = instant.toISOString().replace('T', ' ').replace('Z', '');
  const moment = kind === 'date' ? now.slice(0, 10) : now;
  const { order } = comparer({ kind: 'timestamp', precision: 6, zone: false });
  const read = kind === 'text' ? (value: string) => timestamp(value) ?? value : (value: string) => value;
  return unlessNull((value) => order(read(value), moment) <= 0);
}

const DATED: readonly LogicalType['kind'][] = ['date', 'timestamp', 'text'];

/** NULLs are never equal. */
function unique(): RuleTest {
  const seen = new SeenFile();
  return (values) => values.includes(null) || seen.add(JSON.stringify(values));
}

function badRule<T>(compile: () => T): T {
  try {
    return compile();
  } catch (error) {
    if (!(error instanceof DroverError)) throw error;
    throw new DroverError('map.bad-rule', error.message, error.data);
  }
}

function crossed(min: string, max: string): DroverError {
  return new DroverError('map.bad-rule', `no value is at least ${min} and at most ${max}.`, {
    hint: 'Exchange the two bounds.',
  });
}

function notDated(kind: LogicalType['kind']): DroverError {
  return new DroverError('map.bad-rule', `values of the kind ${kind} are no dates.`, {
    hint: 'Give the column a date or timestamp type, with the step "date" where it holds numbers.',
  });
}

function notABound(bound: string): DroverError {
  return new DroverError('map.bad-rule', `"${bound}" is no bound for values of this type.`, {
    hint: 'Give a number for numbers, and a date as 2020-12-31 or a time as 2020-12-31 23:59:59 for those.',
  });
}
