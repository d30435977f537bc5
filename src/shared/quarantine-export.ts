// The quarantine of a run as a file, every row with its values: for spreadsheets, or for programs.

import { csvLine } from './csv.ts';
import type { QuarantinedRow } from './model/quarantine.ts';

export const quarantineFormats = ['csv', 'json'] as const;
export type QuarantineFormat = (typeof quarantineFormats)[number];

export const quarantineMediaTypes: Readonly<Record<QuarantineFormat, string>> = {
  csv: 'text/csv',
  json: 'application/json',
};

const PAGE = 1000;

type Ask = (place: { readonly offset: number; readonly limit: number }) => Promise<{ readonly rows: QuarantinedRow[] }>;

/** Piece by piece, as pages are asked for. */
export async function* exportQuarantine(format: QuarantineFormat, ask: Ask): AsyncGenerator<string> {
  const { begin, row, end } = writers[format];
  yield begin;
  let first = true;
  for (let offset = 0; ; offset += PAGE) {
    const { rows } = await ask({ offset, limit: PAGE });
    if (rows.length > 0) yield rows.map((each, i) => row(each, first && i === 0)).join('');
    first = false;
    if (rows.length < PAGE) break;
  }
  if (end !== '') yield end;
}

interface Writer {
  readonly begin: string;
  readonly row: (row: QuarantinedRow, first: boolean) => string;
  readonly end: string;
}

const writers: Readonly<Record<QuarantineFormat, Writer>> = {
  csv: {
    begin: csvLine(['table', 'source', 'key', 'column', 'step', 'rule', 'reason', 'resolved_by', 'values']),
    row: ({ table, source, key, column, step, rule, reason, resolvedBy, values }) =>
      csvLine([
        table,
        source ?? '',
        JSON.stringify(key),
        column,
        step ?? '',
        rule ?? '',
        reason,
        resolvedBy ?? '',
        JSON.stringify(values),
      ]),
    end: '',
  },
  json: {
    begin: '[\n',
    row: ({ table, source, key, column, step, rule, reason, resolvedBy, values }, first) =>
      `${first ? '' : ',\n'}${JSON.stringify({ table, source, key, column, step, rule, reason, resolved_by: resolvedBy, values })}`,
    end: '\n]\n',
  },
};
