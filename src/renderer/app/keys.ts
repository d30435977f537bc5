// Keys that hold everywhere: the stages by number, undo and redo of the mapping.

import { useHotkeys } from '@mantine/hooks';
import { go, stages } from '../client/stores/navigation.ts';
import { redo, undo } from '../client/stores/project.ts';

export function useKeys(): void {
  // In a field the field's own undo holds: useHotkeys leaves inputs alone.
  useHotkeys([
    ...stages.map((stage, i): [string, () => void] => [`mod+${i + 1}`, () => go({ at: stage })]),
    ['mod+Z', undo],
    ['mod+shift+Z', redo],
    ['mod+Y', redo],
  ]);
}
