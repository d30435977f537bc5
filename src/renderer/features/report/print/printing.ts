// Paper: the whole report is fetched for it, and drawn, light, only while the page is on its way there.

import { flushSync } from 'react-dom';
import { createStore } from 'zustand/vanilla';
import type { Report } from '../../../../shared/model/report.ts';
import type { ReportOverview } from '../../../../shared/model/report-page.ts';
import { engine } from '../../../client/engine.ts';

export interface Paper {
  readonly printing: boolean;
  /** What was fetched last, and of which report: one that was signed since is another. */
  readonly report: Report | null;
  readonly of: ReportOverview | null;
}

export const paper = createStore<Paper>(() => ({ printing: false, report: null, of: null }));

/** The browser's own command to print does not wait: what is small enough is fetched before it is wanted. */
const SMALL = 200;

const SCHEME = 'data-mantine-color-scheme';
let schemeBefore: string | null = null;

window.addEventListener('beforeprint', begin);
window.addEventListener('afterprint', end);

/** Throws DroverError. */
export async function fetchPaper(of: ReportOverview): Promise<void> {
  if (paper.getState().of === of) return;
  const report = await engine.call('report.read', { run: of.run });
  paper.setState({ report, of });
}

export function isSmall({ tables, findings }: ReportOverview): boolean {
  return tables.count <= SMALL && findings <= SMALL;
}

/** Nothing is kept for paper once the report is left. */
export function clearPaper(): void {
  paper.setState({ report: null, of: null });
}

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
