// The kinds of rules that a table can have, each with one sentence and a form made from its schema.

import { z } from 'zod';
import { type Rule, rule } from '../../../../shared/model/rule.ts';
import type { ItemOffer } from '../steps/catalogue.ts';
import type { Form } from '../steps/draft.ts';
import { fieldsOfSchema } from '../steps/fields.ts';
import type { ChainKit } from '../steps/use-chain.ts';
import { addRule, changeRule, moveRule, removeRule } from './edits.ts';

type RuleName = Rule['rule'];

export function ruleKit(table: string): ChainKit<Rule> {
  return {
    id: 'rule',
    nameOf: (each) => each.rule,
    formOf: (name) => formOf(name as RuleName),
    add: (each) => addRule(table, each),
    change: (place, each) => changeRule(table, place, each),
    remove: (each, place) => removeRule(table, each, place),
    move: (each, from, to) => moveRule(table, each, from, to),
  };
}

/** Where the model itself has none. */
const sentences: Partial<Readonly<Record<RuleName, string>>> = {
  length: 'At least, or at most, so many characters.',
  range: 'A number, date or time between two ends, which count.',
  format: 'An e-mail or web address, a UUID, a date or time.',
  'one of': 'One of the values in a list.',
  compare: 'Two columns of one row, compared.',
};

const options = new Map(rule.options.map((option) => [option.shape.rule.value, option]));

const offers: readonly ItemOffer[] = [...options.keys()].map((name) => ({ name, group: '', sentence: aboutOf(name) }));

/** Rules that have what was typed in their name or their sentence. */
export function rulesFor(typed: string): ItemOffer[] {
  const wanted = typed.trim().toLowerCase();
  return offers.filter(({ name, sentence }) => `${name} ${sentence}`.toLowerCase().includes(wanted));
}

const forms = new Map<RuleName, Form<Rule>>();

export function formOf(name: RuleName): Form<Rule> {
  const made = forms.get(name) ?? {
    name,
    about: aboutOf(name),
    fields: fieldsOfSchema(options.get(name)!).filter((field) => field.name !== 'rule'),
    read: (values: Readonly<Record<string, unknown>>) => rule.safeParse({ rule: name, ...values }),
    ...(name === 'length' || name === 'range' ? { faults: needsBound } : {}),
  };
  forms.set(name, made);
  return made;
}

function aboutOf(name: RuleName): string {
  return sentences[name] ?? z.toJSONSchema(options.get(name)!.shape.rule).description ?? '';
}

function needsBound({ min, max }: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return min === undefined && max === undefined ? { min: 'One of the two is needed.' } : {};
}
