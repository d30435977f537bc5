// The shell around the page: the desktop's window, or a browser tab.

import type { DesktopShell } from '../../shared/shell.ts';

declare global {
  interface Window {
    /** Set by the desktop's preload script. */
    readonly drover?: DesktopShell;
  }
}

export type Shell = ({ readonly kind: 'desktop' } & DesktopShell) | { readonly kind: 'browser' };

export const shell: Shell = window.drover ? { kind: 'desktop', ...window.drover } : { kind: 'browser' };

/** Prints the page: as a file in the desktop's window, by the browser's own dialog elsewhere. */
export async function printPage(name: string): Promise<void> {
  if (shell.kind === 'desktop') {
    await shell.printPdf(name);
    return;
  }
  // Browsers name the file after the page.
  const { title } = document;
  document.title = name;
  window.print();
  document.title = title;
}

/** Hands a text to the person as a file. */
export function download(name: string, text: string, mediaType: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: mediaType }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
