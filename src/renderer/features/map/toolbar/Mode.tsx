// What becomes of tables that stand in the target, for all tables that do not say otherwise.

import { Button, Popover, Select } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { onConflict, tableMode } from '../../../../shared/model/mapping.ts';
import { projectStore } from '../../../client/stores/project.ts';
import { useFrom } from '../../../client/use-from.ts';
import { conflicts, modes } from '../fields/modes.ts';
import { doEdit } from '../mapping.ts';
import { setProjectMode, setProjectOnConflict } from '../model/edits.ts';

export function Mode(): React.JSX.Element {
  const mode = useFrom(projectStore, ({ project }) => project?.mode ?? 'create');
  const conflict = useFrom(projectStore, ({ project }) => project?.onConflict ?? 'update');
  return (
    <Popover width={400} position="bottom-start" trapFocus>
      <Popover.Target>
        <Button variant="default" rightSection={<IconChevronDown size={14} aria-hidden />}>
          Mode: {mode}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Select
          label="Tables that exist in the target"
          comboboxProps={{ withinPortal: false }}
          data={modes}
          value={mode}
          onChange={(value) => doEdit(setProjectMode(tableMode.safeParse(value).data ?? 'create'))}
          allowDeselect={false}
        />
        {mode === 'upsert' ? (
          <Select
            label="A row whose key stands there already"
            comboboxProps={{ withinPortal: false }}
            data={conflicts}
            value={conflict}
            onChange={(value) => doEdit(setProjectOnConflict(onConflict.safeParse(value).data ?? 'update'))}
            allowDeselect={false}
          />
        ) : null}
      </Popover.Dropdown>
    </Popover>
  );
}
