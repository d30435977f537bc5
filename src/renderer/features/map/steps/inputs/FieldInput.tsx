// One field of a step, as its kind wants it.

import { Checkbox, NumberInput } from '@mantine/core';
import classes from '../../map.module.css';
import { labelOf } from '../labels.ts';
import { ChoiceInput } from './ChoiceInput.tsx';
import { EitherInput } from './EitherInput.tsx';
import type { FieldProps } from './field-props.ts';
import { ListInput } from './ListInput.tsx';
import { RowsInput } from './RowsInput.tsx';
import { TableInput } from './TableInput.tsx';
import { TextFieldInput } from './TextFieldInput.tsx';

export function FieldInput(props: FieldProps): React.JSX.Element {
  const { step, field, value, wrong, onChange, onDone } = props;
  const label = labelOf(step, field.name);
  switch (field.kind) {
    case 'text':
      return <TextFieldInput {...props} field={field} />;
    case 'integer':
      return (
        <NumberInput
          label={label}
          description={field.about}
          error={wrong}
          classNames={monoInput}
          allowDecimal={false}
          {...(field.min === null ? {} : { min: field.min })}
          {...(field.max === null ? {} : { max: field.max })}
          // What is out of bounds is told, not bent.
          clampBehavior="none"
          // A sign alone is a beginning.
          value={typeof value === 'number' || typeof value === 'string' ? value : ''}
          onChange={(next) => onChange(typeof next === 'bigint' ? Number(next) : next)}
        />
      );
    case 'flag':
      return (
        <Checkbox
          label={label}
          description={field.about}
          error={wrong}
          checked={value === true}
          onChange={(event) => onDone(event.currentTarget.checked)}
        />
      );
    case 'choice':
      return <ChoiceInput {...props} field={field} />;
    case 'list':
      return <ListInput {...props} field={field} />;
    case 'table':
      return <TableInput {...props} field={field} />;
    case 'rows':
      return <RowsInput {...props} field={field} />;
    case 'either':
      return <EitherInput {...props} field={field} />;
  }
}

const monoInput = { input: classes.monoInput ?? '' };
