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
      return inAField() ? inTheField('undo') : undo();
    case 'redo':
      return inAField() ? inTheField('redo') : redo();
    default:
      return assertNever(command);
  }
}

/** There the person means what was typed: on macOS the menu takes the keys before the page sees them. */
function inAField(): boolean {
  const at = document.activeElement;
  return at instanceof HTMLElement && (at.isContentEditable || at.matches('input, textarea'));
}

function inTheField(what: 'undo' | 'redo'): void {
  // Deprecated, and the only way to reach what a field remembers.
  document.execCommand(what);
}
