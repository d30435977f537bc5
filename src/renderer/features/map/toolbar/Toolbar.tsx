// What is done to the mapping as a whole: undo, the way to look at it, mapping anew, names and what goes for all tables.

import { ActionIcon, SegmentedControl, Tooltip } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react';
import { projectStore, redo, undo } from '../../../client/stores/project.ts';
import { useFrom } from '../../../client/use-from.ts';
import classes from '../map.module.css';
import { SqlRules } from '../rules/SqlRules.tsx';
import { selection, setView } from '../selection.ts';
import { TypeRules } from '../type-rules/TypeRules.tsx';
import { AutoMap } from './AutoMap.tsx';
import { Errors } from './Errors.tsx';
import { Mode } from './Mode.tsx';
import { Naming } from './Naming.tsx';

export function Toolbar(): React.JSX.Element {
  const done = useFrom(projectStore, (state) => state.done.at(-1)?.what ?? null);
  const undone = useFrom(projectStore, (state) => state.undone.at(-1)?.what ?? null);
  const view = useFrom(selection, (state) => state.view);
  return (
    <div className={classes.toolbar} role="toolbar" aria-label="Mapping">
      <Step label="Undo" what={done} act={undo} icon={<IconArrowBackUp size={16} stroke={1.75} aria-hidden />} />
      <Step label="Redo" what={undone} act={redo} icon={<IconArrowForwardUp size={16} stroke={1.75} aria-hidden />} />
      <SegmentedControl
        size="xs"
        aria-label="View of the mapping"
        value={view}
        onChange={(value) => setView(value === 'tree' ? 'tree' : 'canvas')}
        data={[
          { value: 'canvas', label: 'Canvas' },
          { value: 'tree', label: 'Tree-grid' },
        ]}
      />
      <AutoMap />
      <Naming />
      <TypeRules />
      <Mode />
      <Errors />
      <SqlRules />
    </div>
  );
}

interface StepProps {
  readonly label: string;
  /** What it would undo or do again; null when there is nothing. */
  readonly what: string | null;
  readonly act: () => void;
  readonly icon: React.ReactNode;
}

function Step({ label, what, act, icon }: StepProps): React.JSX.Element {
  const words = what === null ? `Nothing to ${label.toLowerCase()}` : `${label}: ${what}`;
  return (
    <Tooltip label={words}>
      <ActionIcon
        aria-label={words}
        aria-disabled={what === null}
        {...(what === null ? { 'data-disabled': true } : {})}
        onClick={act}
      >
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}
