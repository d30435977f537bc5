// The command palette: every place, every table, every command, by typing (Ctrl or Cmd with K).

import { Spotlight, type SpotlightActionData, type SpotlightFilterFunction } from '@mantine/spotlight';
import { memo, useMemo } from 'react';
import { changeSettings, deskStore } from '../client/stores/desk.ts';
import { go, type Stage, stages } from '../client/stores/navigation.ts';
import { projectStore, redo, undo } from '../client/stores/project.ts';
import { useFrom } from '../client/use-from.ts';
import { begin, open } from '../features/home/opening.ts';
import classes from './app.module.css';

const SHOWN = 12;

/** What lies behind stays readable: one may look a name up there. */
const overlay = { blur: 0, backgroundOpacity: 0.35 };

const parts = { content: classes.palette ?? '', action: classes.found ?? '' };

/** Not drawn anew with every change of screens. */
export const Palette = memo(function Palette() {
  const tables = useFrom(projectStore, ({ project }) => project?.tables ?? null);
  const recent = useFrom(deskStore, ({ desk }) => desk?.recent ?? null);
  const actions = useMemo(
    (): SpotlightActionData[] => [
      ...stages.map((stage) => ({ id: stage, label: `Go to ${titleOf(stage)}`, onClick: () => go({ at: stage }) })),
      ...commands,
      ...(recent ?? [])
        .filter(({ exists }) => exists)
        .map(({ path, name }) => ({
          id: `open ${path}`,
          label: `Open ${name}`,
          description: path,
          onClick: () => void open(path),
        })),
      ...(tables ?? []).map(({ source }, index) => ({
        id: `table ${index}`,
        label: source,
        description: 'Table, in Map',
        onClick: () => go({ at: 'map', table: source }),
      })),
    ],
    [tables, recent],
  );
  return (
    <Spotlight
      actions={actions}
      shortcut={['mod + K']}
      limit={SHOWN}
      filter={find}
      nothingFound="Nothing of that name."
      searchProps={{ placeholder: 'Go to a stage, a table, a project; or do something', 'aria-label': 'Command' }}
      highlightQuery
      overlayProps={overlay}
      classNames={parts}
    />
  );
});

/** What is called so comes before what is described so. Mantine's own takes a tenth of a second for 10,000 tables. */
const find: SpotlightFilterFunction = (query, actions) => {
  const words = query.trim().toLowerCase();
  const has = (text: string | undefined) => text?.toLowerCase().includes(words) ?? false;
  const single = actions.filter((action): action is SpotlightActionData => !('actions' in action));
  const called = single.filter(({ label }) => has(label));
  const described = single.filter(({ label, description }) => !has(label) && has(description));
  return [...called, ...described];
};

const commands: readonly SpotlightActionData[] = [
  {
    id: 'new',
    label: 'New migration',
    onClick: () => void begin(),
  },
  { id: 'home', label: 'Go to Home', onClick: () => go({ at: 'home' }) },
  { id: 'history', label: 'Go to History', onClick: () => go({ at: 'history' }) },
  { id: 'settings', label: 'Go to Settings', onClick: () => go({ at: 'settings' }) },
  { id: 'undo', label: 'Undo the last change of the mapping', onClick: undo },
  { id: 'redo', label: 'Redo the change of the mapping', onClick: redo },
  { id: 'dark', label: 'Dark theme', onClick: () => void changeSettings({ theme: 'dark' }) },
  { id: 'light', label: 'Light theme', onClick: () => void changeSettings({ theme: 'light' }) },
  { id: 'system', label: "The system's theme", onClick: () => void changeSettings({ theme: 'system' }) },
];

function titleOf(stage: Stage): string {
  return stage.charAt(0).toUpperCase() + stage.slice(1);
}
