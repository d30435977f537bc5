// A list of texts or of columns, one a line.

import { Checkbox } from '@mantine/core';
import type { ListDraft } from '../draft.ts';
import type { ListField } from '../fields.ts';
import { emptyCounts, labelOf, usual } from '../labels.ts';
import { ColumnSelect } from './ColumnSelect.tsx';
import type { FieldProps } from './field-props.ts';
import { Lines } from './Lines.tsx';
import { Words } from './Words.tsx';

export function ListInput(props: FieldProps<ListField>): React.JSX.Element {
  const { step, field, value, wrong, columns, onChange, onDone } = props;
  const { lines, empty } = (value as ListDraft | undefined) ?? { lines: [], empty: false };
  const label = labelOf(step, field.name);
  return (
    <>
      <Lines
        label={label}
        about={field.about}
        wrong={wrong}
        lines={lines}
        blank=""
        add={field.holds === 'column' ? 'Add a column' : 'Add a line'}
        onChange={(next) => onChange({ lines: next, empty })}
        onDone={(next) => onDone({ lines: next, empty })}
        line={(line, name, set, choose) =>
          field.holds === 'column' ? (
            <ColumnSelect
              aria-label={name}
              placeholder="Choose a column"
              columns={columns}
              value={line === '' ? null : line}
              onChoose={choose}
            />
          ) : (
            <Words aria-label={name} value={line} usual={usual(step, field.name)} onChange={set} onDone={choose} />
          )
        }
      />
      {emptyCounts(step, field.name) ? (
        <Checkbox
          label="The empty text, too"
          aria-label={`${label}: the empty text, too`}
          checked={empty}
          onChange={(event) => onDone({ lines, empty: event.currentTarget.checked })}
        />
      ) : null}
    </>
  );
}
