// The rule for JSON arrays of objects: how many there are, and what their fields hold.

import type { Rule } from '../../../shared/model/rule.ts';
import { compareDecimals } from '../../support/decimal.ts';
import { exactDecimal } from '../transforms/decimals.ts';
import { ExactNumber, type Json, member, parseJson } from '../transforms/exact-json.ts';

type Items = Extract<Rule, { rule: 'items' }>;
type Field = Items['fields'][number];

export function itemsTest({ least = 1, fields }: Items): (value: string) => boolean {
  return (value) => {
    const items = parseJson(value);
    if (!Array.isArray(items) || items.length < least) return false;
    return items.every((item: Json) => fields.every((field) => holds(member(item, field.name), field)));
  };
}

/** A value must be there; where it has a bound it is a number, in quotes or not. */
function holds(value: Json | undefined, { min, above, max }: Field): boolean {
  if (value === undefined || value === null || value === '') return false;
  if (min === undefined && above === undefined && max === undefined) return true;
  const text = value instanceof ExactNumber ? value.text : typeof value === 'string' ? value : '';
  const number = text === '' ? undefined : exactDecimal(text);
  if (number === undefined) return false;
  return (
    (min === undefined || compareDecimals(number, min) >= 0) &&
    (above === undefined || compareDecimals(number, above) > 0) &&
    (max === undefined || compareDecimals(number, max) <= 0)
  );
}
