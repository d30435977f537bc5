// Tells the end of a run to a person who looks elsewhere.

import type { BrowserWindow } from 'electron';
import type { ElectronParts } from './electron.ts';
import type { RunEnded } from './engine-messages.ts';

export function notifyEnd(
  Notification: ElectronParts['Notification'],
  { project, state }: RunEnded,
  window: BrowserWindow | null,
): void {
  if (window?.isFocused() || !Notification.isSupported()) return;
  const notification = new Notification({ title: project, body: words(state) });
  notification.on('click', () => window?.focus());
  notification.show();
}

function words(state: RunEnded['state']): string {
  switch (state) {
    case 'published':
      return 'The migration is published and verified.';
    case 'held':
      return 'The migration is loaded and verified; it waits to be published.';
    case 'rehearsed':
      return 'The rehearsal went well; the target is as it was.';
    case 'rolled back':
      return 'The migration was rolled back; the target is as it was.';
    case 'undone':
      return 'The earlier tables are back in place.';
    case 'refused':
      return 'The migration did not begin; nothing was touched.';
    case 'running':
    case 'interrupted':
    case 'unknown':
      return 'The migration was interrupted; open Drover to see where it stands.';
  }
}
