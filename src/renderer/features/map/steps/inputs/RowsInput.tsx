// Lines with fields of their own.

import { Select } from '@mantine/core';
import type { Cells } from '../draft.ts';
import type { RowsField } from '../fields.ts';
import { choiceLabel, labelOf } from '../labels.ts';
import type { FieldProps } from './field-props.ts';
import { Lines } from './Lines.tsx';
import { Words } from './Words.tsx';

export function RowsInput({ step, field, value, wrong, onChange, onDone }: FieldProps<RowsField>): React.JSX.Element {
  const label = (name: string) => labelOf(step, name);
  const blank = Object.fromEntries(
    field.fields.map((each) => [each.name, each.kind === 'choice' ? (each.options[0] ?? '') : '']),
  );
  return (
    <Lines<Cells>
      label={label(field.name)}
      about={field.about}
      wrong={wrong}
      lines={(value as readonly Cells[] | undefined) ?? []}
      blank={blank}
      heads={field.fields.map(({ name }) => label(name))}
      add="Add a field"
      onChange={onChange}
      onDone={onDone}
      line={(cells, name, set, choose) =>
        field.fields.map((each) =>
          each.kind === 'choice' ? (
            <Select
              key={each.name}
              aria-label={`${name}: ${label(each.name)}`}
              data={each.options.map((option) => ({ value: option, label: choiceLabel(each.name, option) }))}
              value={cells[each.name] ?? null}
              onChange={(next) => choose({ ...cells, [each.name]: next ?? '' })}
              allowDeselect={false}
            />
          ) : (
            <Words
              key={each.name}
              aria-label={`${name}: ${label(each.name)}`}
              value={cells[each.name] ?? ''}
              onChange={(next) => set({ ...cells, [each.name]: next })}
            />
          ),
        )
      }
    />
  );
}
