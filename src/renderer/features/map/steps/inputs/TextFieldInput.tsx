// A text of a step or a rule: typed, or chosen from what there is; a template also takes columns, a salt explains itself.

import { useRef } from 'react';
import { useTargetColumns, useTargetTables } from '../../target-tables.ts';
import type { TextField } from '../fields.ts';
import { labelOf, usual, variableOf } from '../labels.ts';
import { ColumnSelect } from './ColumnSelect.tsx';
import type { FieldProps } from './field-props.ts';
import { Words } from './Words.tsx';

export function TextFieldInput(props: FieldProps<TextField>): React.JSX.Element {
  switch (props.field.holds) {
    case 'column':
      return <Chosen {...props} choices={props.columns} what="column" />;
    case 'target table':
      return <TargetTable {...props} />;
    case 'its column':
      return <TargetColumn {...props} />;
    case 'text':
      return <OwnText {...props} />;
  }
}

function TargetTable(props: FieldProps<TextField>): React.JSX.Element {
  return <Chosen {...props} choices={useTargetTables()} what="table" />;
}

/** Of the table that stands in the field "in". */
function TargetColumn(props: FieldProps<TextField>): React.JSX.Element {
  const table = props.siblings.in;
  const columns = useTargetColumns(typeof table === 'string' ? table : null);
  return <Chosen {...props} choices={columns ?? []} what="column" disabled={columns === null} />;
}

interface ChosenProps extends FieldProps<TextField> {
  readonly choices: readonly string[];
  readonly what: 'table' | 'column';
  readonly disabled?: boolean;
}

function Chosen({ step, field, value, wrong, choices, what, disabled = false, onDone }: ChosenProps) {
  return (
    <ColumnSelect
      label={labelOf(step, field.name)}
      error={wrong}
      placeholder={disabled ? 'Choose the table first' : `Choose a ${what}`}
      disabled={disabled}
      columns={choices}
      value={typeof value === 'string' && value !== '' ? value : null}
      onChoose={onDone}
      nothing={`No ${what} of that name.`}
    />
  );
}

function OwnText(props: FieldProps<TextField>): React.JSX.Element {
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
