// The native menu. What concerns a migration is told to the page; the rest is the system's own.

import type { MenuItemConstructorOptions } from 'electron';
import type { ShellCommand } from '../shared/shell.ts';

export function menuTemplate(
  platform: NodeJS.Platform,
  packaged: boolean,
  send: (command: ShellCommand) => void,
): MenuItemConstructorOptions[] {
  const item = (label: string, accelerator: string, command: ShellCommand): MenuItemConstructorOptions => ({
    label,
    accelerator,
    click: () => send(command),
  });
  /** The page hears these keys itself, and leaves them to a text field that has the focus. */
  const shown = (label: string, accelerator: string, command: ShellCommand): MenuItemConstructorOptions => ({
    ...item(label, accelerator, command),
    registerAccelerator: false,
  });
  const mac = platform === 'darwin';
  const settings = item('Settings…', 'CmdOrCtrl+,', { kind: 'settings' });

  return [
    ...(mac
      ? [
          {
            label: 'Drover',
            submenu: [
              { role: 'about' as const },
              { type: 'separator' as const },
              settings,
              { type: 'separator' as const },
              { role: 'hide' as const },
              { role: 'hideOthers' as const },
              { role: 'unhide' as const },
              { type: 'separator' as const },
              { role: 'quit' as const },
            ],
          },
        ]
      : []),
    {
      label: 'File',
      submenu: [
        item('New migration', 'CmdOrCtrl+N', { kind: 'new migration' }),
        item('Open project…', 'CmdOrCtrl+O', { kind: 'open project', path: null }),
        ...(mac
          ? [
              {
                role: 'recentDocuments' as const,
                label: 'Open recent',
                submenu: [{ role: 'clearRecentDocuments' as const }],
              },
            ]
          : []),
        item('History of runs', 'CmdOrCtrl+Shift+H', { kind: 'history' }),
        { type: 'separator' },
        ...(mac ? [] : [settings, { type: 'separator' as const }]),
        mac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    {
      label: 'Edit',
      submenu: [
        shown('Undo', 'CmdOrCtrl+Z', { kind: 'undo' }),
        shown('Redo', mac ? 'Cmd+Shift+Z' : 'Ctrl+Y', { kind: 'redo' }),
        { type: 'separator' },
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
      ],
    },
    {
      label: 'View',
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...(packaged ? [] : [{ type: 'separator' as const }, { role: 'toggleDevTools' as const }]),
      ],
    },
    { role: 'windowMenu' },
  ];
}
