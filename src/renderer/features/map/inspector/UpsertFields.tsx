// What tells a row from another when it meets the table that stands there, and what becomes of one that is known.

import { MultiSelect, Select } from '@mantine/core';
import { onConflict, type TableMapping } from '../../../../shared/model/mapping.ts';
import { conflicts } from '../fields/modes.ts';
import { doEdit } from '../mapping.ts';
import { setKey, setOnConflict } from '../model/edits.ts';

export interface UpsertFieldsProps {
  readonly table: string;
  readonly mapping: TableMapping;
}

export function UpsertFields({ table, mapping }: UpsertFieldsProps): React.JSX.Element {
  const columns = mapping.columns.filter(({ skip }) => !skip).map(({ target }) => target);
  const key = mapping.key ?? [];
  return (
    <>
      <MultiSelect
        label="Key"
        description={
          key.length > 0 ? 'Rows are the same when these columns are.' : 'The primary key of the table there.'
        }
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        data={[...new Set([...columns, ...key])]}
        value={key}
        onChange={(names) => doEdit(setKey(table, names))}
      />
      <Select
        label="A row whose key stands there already"
        data={[{ value: 'project', label: 'As the project says' }, ...conflicts]}
        value={mapping.onConflict ?? 'project'}
        onChange={(value) => doEdit(setOnConflict(table, onConflict.safeParse(value).data ?? null))}
        allowDeselect={false}
      />
    </>
  );
}
