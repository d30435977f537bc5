// One of a few words; where none has to be chosen, what then holds can be chosen, too.

import { Select } from '@mantine/core';
import type { ChoiceField } from '../fields.ts';
import { choiceLabel, labelOf, unchosen } from '../labels.ts';
import type { FieldProps } from './field-props.ts';

const NONE = '(none)';

export function ChoiceInput({ step, field, value, wrong, onDone }: FieldProps<ChoiceField>): React.JSX.Element {
  const none = { value: NONE, label: unchosen(field.name) };
  // "Reject the row" is said once, whether the project says it or leaves it to the default.
  const options = field.options.map((option) => ({ value: option, label: choiceLabel(field.name, option) }));
  const named = options.filter(({ label }) => label !== none.label);
  const chosen = typeof value === 'string' && named.some((option) => option.value === value) ? value : null;
  return (
    <Select
      label={labelOf(step, field.name)}
      description={field.name === 'onFailure' || field.name === 'onBreak' ? null : field.about}
      error={wrong}
      placeholder="Choose"
      data={field.required ? options : [none, ...named]}
      value={chosen ?? (field.required ? null : NONE)}
      onChange={(next) => onDone(next === NONE ? null : next)}
      allowDeselect={false}
    />
  );
}
