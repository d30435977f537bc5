// A report in the format that somebody asked for.

import type { ReportFormat } from '../../shared/contract.ts';
import type { Report } from '../../shared/model/report.ts';
import { renderCsv } from './csv.ts';
import { renderHtml } from './html.ts';
import { renderMarkdown } from './markdown.ts';

export function render(report: Report, format: ReportFormat): { text: string; mediaType: string } {
  switch (format) {
    case 'md':
      return { text: renderMarkdown(report), mediaType: 'text/markdown; charset=utf-8' };
    case 'html':
      return { text: renderHtml(report), mediaType: 'text/html; charset=utf-8' };
    case 'json':
      return { text: `${JSON.stringify(report, null, 2)}\n`, mediaType: 'application/json' };
    case 'csv':
      return { text: renderCsv(report), mediaType: 'text/csv; charset=utf-8' };
  }
}
