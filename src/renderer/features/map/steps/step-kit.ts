// What the chain of a column's steps is made from.

import { type Transform, type TransformName, transform } from '../../../../shared/model/transform.ts';
import type { ColumnAt } from '../model/edits.ts';
import { sentenceOf } from './catalogue.ts';
import type { Form } from './draft.ts';
import { addStep, changeStep, moveStep, removeStep } from './edits.ts';
import { fieldsOf } from './fields.ts';
import type { ChainKit } from './use-chain.ts';

export function stepKit(at: ColumnAt): ChainKit<Transform> {
  return {
    id: 'step',
    nameOf: (step) => step.do,
    formOf: (name) => stepForm(name as TransformName),
    add: (step) => addStep(at, step),
    change: (place, step) => changeStep(at, place, step),
    remove: (step, place) => removeStep(at, step, place),
    move: (step, from, to) => moveStep(at, step, from, to),
  };
}

const forms = new Map<TransformName, Form<Transform>>();

function stepForm(name: TransformName): Form<Transform> {
  const made = forms.get(name) ?? {
    name,
    about: sentenceOf(name),
    fields: fieldsOf(name),
    read: (values) => transform.safeParse({ do: name, ...values }),
  };
  forms.set(name, made);
  return made;
}
