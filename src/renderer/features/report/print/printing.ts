// Whether the page is on its way to paper: then everything is drawn, light, and only then.

import { flushSync } from 'react-dom';
import { createStore } from 'zustand/vanilla';

export const paper = createStore<{ readonly printing: boolean }>(() => ({ printing: false }));

const SCHEME = 'data-mantine-color-scheme';
let schemeBefore: string | null = null;

window.addEventListener('beforeprint', begin);
window.addEventListener('afterprint', end);

/** For whoever prints without the browser's own events, as a window that is saved as PDF does. */
export async function printing(print: () => Promise<void>): Promise<void> {
  begin();
  try {
    await print();
  } finally {
    end();
  }
}

function begin(): void {
  if (paper.getState().printing) return;
  const root = document.documentElement;
  schemeBefore = root.getAttribute(SCHEME);
  root.setAttribute(SCHEME, 'light');
  // The browser takes the page as it is when this returns.
  flushSync(() => paper.setState({ printing: true }));
}

function end(): void {
  if (!paper.getState().printing) return;
  if (schemeBefore !== null) document.documentElement.setAttribute(SCHEME, schemeBefore);
  paper.setState({ printing: false });
}
