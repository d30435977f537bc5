// What is chosen in the desktop's menu, or opened from its file manager.

import { useEffect } from 'react';
import { assertNever } from '../../shared/errors.ts';
import type { ShellCommand } from '../../shared/shell.ts';
import { shell } from '../client/shell.ts';
import { go } from '../client/stores/navigation.ts';
import { openProject, redo, startAnew, undo } from '../client/stores/project.ts';

export function useShellCommands(): void {
  useEffect(() => {
    if (shell.kind === 'desktop') shell.onCommand((command) => void obey(command));
  }, []);
}

async function obey(command: ShellCommand): Promise<void> {
  switch (command.kind) {
    case 'new migration':
      startAnew();
      return go({ at: 'connect' });
    case 'open project':
      if (command.path === null) return go({ at: 'home' });
      await openProject(command.path);
      return go({ at: 'map' });
    case 'settings':
    case 'history':
      return go({ at: command.kind });
    case 'undo':
      return undo();
    case 'redo':
      return redo();
    default:
      return assertNever(command);
  }
}
