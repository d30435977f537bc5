// A text of a step: typed, or chosen from what is usual there; a template also takes columns, a salt explains itself.

import { useRef } from 'react';
import type { TextField } from '../fields.ts';
import { labelOf, usual, variableOf } from '../labels.ts';
import { ColumnSelect } from './ColumnSelect.tsx';
import type { FieldProps } from './field-props.ts';
import { Words } from './Words.tsx';

export function TextFieldInput(props: FieldProps<TextField>): React.JSX.Element {
  const { step, field, value, wrong, columns, onChange, onDone } = props;
  const input = useRef<HTMLInputElement>(null);
  const text = typeof value === 'string' ? value : '';

  function insert(column: string): void {
    const [from, to] = [input.current?.selectionStart ?? text.length, input.current?.selectionEnd ?? text.length];
    onDone(`${text.slice(0, from)}{${column}}${text.slice(to)}`);
    input.current?.focus();
  }

  return (
    <>
      <Words
        ref={input}
        label={labelOf(step, field.name)}
        description={field.name === 'salt' ? <Secret name={text} optional={!field.required} /> : field.about}
        error={wrong}
        value={text}
        usual={usual(step, field.name)}
        onChange={onChange}
        onDone={onDone}
      />
      {step === 'template' ? (
        <ColumnSelect
          aria-label="Insert a column"
          placeholder="Insert a column"
          columns={columns}
          value={null}
          onChoose={insert}
        />
      ) : null}
    </>
  );
}

/** The project names the secret; whoever starts Drover gives it. */
function Secret({ name, optional }: { readonly name: string; readonly optional: boolean }): React.JSX.Element {
  return (
    <>
      {optional ? 'With one, equal values give equal masks. ' : ''}
      Give the secret to Drover as the environment variable <code>{variableOf(name)}</code>. It is never stored in the
      project.
    </>
  );
}
