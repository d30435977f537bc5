// What becomes of rows that can't be moved, for all tables that do not say otherwise.

import { Button, Popover } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { projectStore } from '../../../client/stores/project.ts';
import { useFrom } from '../../../client/use-from.ts';
import { ErrorPolicyField, policyWords } from '../fields/ErrorPolicyField.tsx';
import { doEdit } from '../mapping.ts';
import { setProjectErrors } from '../model/edits.ts';

const STOP = { onError: 'stop' } as const;

export function Errors(): React.JSX.Element {
  const policy = useFrom(projectStore, ({ project }) => project?.errors ?? STOP);
  return (
    <Popover width={320} position="bottom-start" trapFocus>
      <Popover.Target>
        <Button variant="default" rightSection={<IconChevronDown size={14} aria-hidden />}>
          Errors: {policyWords(policy)}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <ErrorPolicyField policy={policy} onChange={(next) => doEdit(setProjectErrors(next ?? STOP))} />
      </Popover.Dropdown>
    </Popover>
  );
}
