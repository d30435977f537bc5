// Looking for drift as one goes: when Map is opened, when a database is another, and after each edit while something differs.

import { useEffect } from 'react';
import { lookForDrift } from '../../../client/stores/drift.ts';
import { projectStore } from '../../../client/stores/project.ts';
import { sides } from '../../../client/stores/sides.ts';
import { useFrom } from '../../../client/use-from.ts';

const AFTER_MS = 250;

export function useDrift(): void {
  const project = useFrom(projectStore, (state) => state.project);
  const source = useFrom(sides, (state) => state.source.url);
  const target = useFrom(sides, (state) => state.target.url);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it looks again for each of them
  useEffect(() => {
    const timer = setTimeout(() => void lookForDrift(), AFTER_MS);
    return () => clearTimeout(timer);
  }, [project, source, target]);
}
