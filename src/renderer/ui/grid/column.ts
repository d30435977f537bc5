// A column of a grid: where its value comes from and how it is shown.

import type { ReactNode } from 'react';
import type { Value } from '../../../shared/ordering.ts';

export interface GridColumn<R> {
  readonly id: string;
  readonly header: string;
  /** What it is sorted by and copied as. */
  readonly value: (row: R) => Value;
  /** Drawn instead of the value's text. */
  readonly cell?: (row: R) => ReactNode;
  /** Pixels; 160 when absent. */
  readonly width?: number;
  /** Numbers stand on the right. */
  readonly align?: 'left' | 'right';
  /** Names, types, values and counts of databases. */
  readonly mono?: boolean;
  readonly sortable?: boolean;
}

export function textOf(value: Value): string {
  return value === null ? '' : String(value);
}

/** Tab-separated, as spreadsheets take it; what would break a line becomes a blank. */
export function toTsv<R>(columns: readonly GridColumn<R>[], rows: readonly R[]): string {
  const clean = (text: string) => text.replace(/[\t\r\n]+/g, ' ');
  return [
    columns.map(({ header }) => clean(header)).join('\t'),
    ...rows.map((row) => columns.map(({ value }) => clean(textOf(value(row)))).join('\t')),
  ].join('\n');
}
