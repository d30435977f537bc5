// Finds a column by its name, in whichever table it is.

import { Combobox, TextInput, useCombobox } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { count } from '../../../../shared/format.ts';
import { projectStore } from '../../../client/stores/project.ts';
import { useFrom } from '../../../client/use-from.ts';
import classes from '../map.module.css';
import { findColumns } from '../model/search.ts';
import { showPlace } from '../selection.ts';

const SHOWN = 40;

export function FindColumn(): React.JSX.Element {
  const tables = useFrom(projectStore, ({ project }) => project?.tables ?? null);
  const [typed, setTyped] = useState('');
  const wanted = useDeferredValue(typed);
  const found = useMemo(() => findColumns(tables ?? [], wanted, SHOWN), [tables, wanted]);
  const box = useCombobox({ onDropdownClose: () => box.resetSelectedOption() });

  // Enter takes the closest.
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever others are found
  useEffect(() => {
    if (found.columns.length > 0) box.selectFirstOption();
  }, [found]);

  function choose(value: string): void {
    const column = found.columns[Number(value)];
    if (column) showPlace(column.table, column.column);
    setTyped('');
    box.closeDropdown();
  }

  return (
    <Combobox store={box} onOptionSubmit={choose} width={360} position="bottom-end">
      <Combobox.Target>
        <TextInput
          aria-label="Find a column in all tables"
          placeholder="Find a column in all tables"
          className={classes.find}
          leftSection={<IconSearch size={14} aria-hidden />}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            box.openDropdown();
          }}
          onFocus={() => box.openDropdown()}
          onBlur={() => box.closeDropdown()}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={wanted.trim() === ''}>
        <Combobox.Options className={classes.found} aria-label="Columns found">
          {found.columns.map(({ table, column, target }, i) => (
            <Combobox.Option key={`${table}\n${column}`} value={String(i)}>
              <span className="mono">
                <span className="quiet">{table}.</span>
                {column}
                {target === column ? null : <span className="quiet"> → {target}</span>}
              </span>
            </Combobox.Option>
          ))}
          {found.columns.length === 0 ? <Combobox.Empty>No column of that name.</Combobox.Empty> : null}
        </Combobox.Options>
        {found.more > 0 ? <Combobox.Footer>and {count(found.more)} more: type on</Combobox.Footer> : null}
      </Combobox.Dropdown>
    </Combobox>
  );
}
