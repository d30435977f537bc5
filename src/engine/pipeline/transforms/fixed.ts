// NULL, and values out of fixed lists.

import { CharacterMap } from './character-map.ts';
import { codesOf } from './characters.ts';
import { exactDecimal } from './decimals.ts';
import { always, bad, type InPlace, type Instead, orElse, type Step, withRow } from './step.ts';

export function byDefault({ value: fixed }: { value: string }): Step {
  return withRow((value) => value ?? fixed, defaultInPlace(codesOf(fixed)));
}

function defaultInPlace(fixed: Uint16Array | null): InPlace {
  return (text) => {
    if (!text.isNull) return 'done';
    if (!fixed) return 'unable';
    text.set(fixed);
    return 'done';
  };
}

export function nullIf({ values }: { values: readonly string[] }): Step {
  const known = new Set(values);
  const keys = new CharacterMap(values.map((value) => [value, true]));
  return always(
    (value) => (known.has(value) ? null : value),
    (text) => {
      if (keys.get(text)) text.setNull();
      return 'done';
    },
  );
}

/** What counts as nothing does so in any spelling of the same number: 0, 0.00, 0e1. */
export function prefer({ column, unless = [] }: { column: string; unless?: readonly string[] | undefined }): Step {
  const texts = new Set(unless);
  const numbers = new Set(unless.flatMap((text) => numberKey(text) ?? []));
  return withRow((value, row) => {
    const other = row.get(column);
    if (other === null || texts.has(other)) return value;
    const key = numbers.size > 0 ? numberKey(other) : undefined;
    return key !== undefined && numbers.has(key) ? value : other;
  });
}

/** Equal for texts that are the same number. */
function numberKey(text: string): string | undefined {
  const decimal = exactDecimal(text);
  if (decimal === undefined) return undefined;
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;
}

interface MapValues {
  readonly values: Readonly<Record<string, string | null>>;
  readonly ignoreCase?: boolean | undefined;
  readonly otherwise?: Instead | undefined;
}

/** What is not in the list is counted, whatever becomes of it. */
export function mapValues({ values, ignoreCase = false, otherwise = 'keep' }: MapValues): Step {
  const list = new Map<string, string | null>();
  for (const [from, to] of Object.entries(values)) {
    const key = ignoreCase ? from.toLowerCase() : from;
    if (list.has(key) && list.get(key) !== to) {
      throw bad(`"${from}" has two results when case does not matter.`, 'Leave one of them out.');
    }
    list.set(key, to);
  }
  return orElse(
    (value) => list.get(ignoreCase ? value.toLowerCase() : value),
    otherwise,
    'not in the list',
    ignoreCase ? undefined : mapInPlace(list),
  );
}

function mapInPlace(list: ReadonlyMap<string, string | null>): InPlace {
  const results = new CharacterMap(
    Array.from(list, ([from, to]) => [from, { isNull: to === null, codes: codesOf(to ?? '') }]),
  );
  return (text) => {
    const result = results.get(text);
    if (result === undefined) return 'refused';
    if (result.isNull) text.setNull();
    else if (result.codes) text.set(result.codes);
    else return 'unable';
    return 'done';
  };
}

interface BooleanFrom {
  readonly true: readonly string[];
  readonly false?: readonly string[] | undefined;
  readonly onFailure?: 'reject' | 'null' | 'keep' | undefined;
}

/** Case and blanks at the ends don't matter: nobody means something else by "Yes " than by "yes". */
export function boolean(step: BooleanFrom): Step {
  const words = new Map(step.true.map((word) => [normal(word), 'true']));
  for (const word of step.false ?? []) {
    if (words.get(normal(word)) === 'true') throw bad(`"${word}" is both true and false.`, 'Leave one of them out.');
    words.set(normal(word), 'false');
  }
  const otherwise = step.false === undefined ? 'false' : undefined;
  return orElse((value) => words.get(normal(value)) ?? otherwise, step.onFailure, 'neither true nor false');
}

function normal(word: string): string {
  return word.trim().toLowerCase();
}
