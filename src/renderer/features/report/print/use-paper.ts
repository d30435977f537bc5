// A report that is looked at can be printed by the browser's own command: a small one is ready, for a large one it is asked to wait.

import { useEffect } from 'react';
import type { ReportOverview } from '../../../../shared/model/report-page.ts';
import { clearPaper, fetchPaper, isSmall, paper } from './printing.ts';

const IDLE_MS = 500;

/** `print` fetches what is missing, then prints. */
export function usePaper(report: ReportOverview, print: () => void): void {
  useEffect(() => {
    if (!isSmall(report)) return;
    // Not while the first view is still being drawn. Without it, printing fetches it.
    const timer = setTimeout(() => void fetchPaper(report).catch(() => undefined), IDLE_MS);
    return () => clearTimeout(timer);
  }, [report]);
  useEffect(() => clearPaper, []);
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.key !== 'p' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
      if (paper.getState().of === report) return;
      event.preventDefault();
      print();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [report, print]);
}
