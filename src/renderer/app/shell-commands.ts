// What is chosen in the desktop's menu, or opened from its file manager.

import { useEffect } from 'react';
import { assertNever } from '../../shared/errors.ts';
import type { ShellCommand } from '../../shared/shell.ts';
import { shell } from '../client/shell.ts';
import { go } from '../client/stores/navigation.ts';
import { redo, undo } from '../client/stores/project.ts';
import { begin, open } from '../features/home/opening.ts';

export function useShellCommands(): void {
  useEffect(() => {
    if (shell.kind === 'desktop') shell.onCommand((command) => void obey(command));
  }, []);
}

async function obey(command: ShellCommand): Promise<void> {
  switch (command.kind) {
    case 'new migration':
      return begin();
    case 'open project':
      if (command.path === null) return go({ at: 'home' });
      return open(command.path);
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
