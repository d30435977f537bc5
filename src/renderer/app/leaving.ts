// Closing the window while a run is under way, or a change is not saved yet, asks first.

import { useEffect } from 'react';
import { projectStore } from '../client/stores/project.ts';
import { isRunning, runStore } from '../client/stores/run.ts';

export function useLeaving(): void {
  useEffect(() => {
    function ask(event: BeforeUnloadEvent): void {
      const { saving } = projectStore.getState();
      if (isRunning(runStore.getState()) || saving.state !== 'saved') {
        event.preventDefault();
      }
    }
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, []);
}
