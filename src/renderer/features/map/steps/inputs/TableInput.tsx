// Texts by text, as a table of two columns; where the model lets it, the second may be NULL.

import { Checkbox } from '@mantine/core';
import type { Pair } from '../draft.ts';
import type { TableField } from '../fields.ts';
import { headsOf, labelOf } from '../labels.ts';
import { ColumnSelect } from './ColumnSelect.tsx';
import type { FieldProps } from './field-props.ts';
import { Lines } from './Lines.tsx';
import { Words } from './Words.tsx';

export function TableInput(props: FieldProps<TableField>): React.JSX.Element {
  const { step, field, value, wrong, columns, onChange, onDone } = props;
  const [from, to] = headsOf(step, field.name);
  return (
    <Lines<Pair>
      label={labelOf(step, field.name)}
      about={field.about}
      wrong={wrong}
      lines={(value as readonly Pair[] | undefined) ?? []}
      blank={{ key: '', value: '' }}
      heads={field.nullable ? [from, to, 'NULL'] : [from, to]}
      add="Add a line"
      onChange={onChange}
      onDone={onDone}
      line={(pair, name, set, choose) => (
        <>
          <Words
            aria-label={`${name}: ${from}`}
            value={pair.key}
            onChange={(key) => set({ ...pair, key })}
            {...(pair.key === '' && pair.value !== '' ? { placeholder: 'empty text' } : {})}
          />
          {field.holds === 'column' ? (
            <ColumnSelect
              aria-label={`${name}: ${to}`}
              placeholder="Choose"
              columns={columns}
              value={pair.value === '' ? null : pair.value}
              onChoose={(column) => choose({ ...pair, value: column })}
            />
          ) : (
            <Words
              aria-label={`${name}: ${to}`}
              disabled={pair.value === null}
              value={pair.value ?? ''}
              onChange={(next) => set({ ...pair, value: next })}
              {...(pair.value === null
                ? { placeholder: 'NULL' }
                : pair.key === ''
                  ? {}
                  : { placeholder: 'empty text' })}
            />
          )}
          {field.nullable ? (
            <Checkbox
              aria-label={`${name}: NULL`}
              checked={pair.value === null}
              onChange={(event) => choose({ ...pair, value: event.currentTarget.checked ? null : '' })}
            />
          ) : null}
        </>
      )}
    />
  );
}
