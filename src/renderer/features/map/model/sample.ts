// Sample: what the preview of a few rows says of a column, in words, and how wide it has to be shown.

import type { Preview, PreviewCell } from '../../../../shared/model/preview.ts';

type PreviewColumn = Preview['columns'][number];

/** "3 changed · 1 refused"; empty when every value stays the same. */
export function outcomeOf({ changed, nulled, refused }: PreviewColumn): string {
  const parts = [
    refused > 0 ? `${refused} refused` : null,
    nulled > 0 ? `${nulled} to NULL` : null,
    changed > 0 ? `${changed} changed` : null,
  ];
  return parts.filter((part) => part !== null).join(' · ');
}

/** Characters that the widest cell of each column takes, names and types included. */
export function widthsOf({ columns, rows }: Preview): number[] {
  return columns.map((column, i) => {
    const heads = [column.target.length + 2, column.sourceType.length + column.targetType.length + 3];
    const cells = rows.map((row) => (row[i] ? lengthOf(row[i]) : 0));
    return Math.max(outcomeOf(column).length, ...heads, ...cells);
  });
}

function lengthOf({ before, after, state }: PreviewCell): number {
  const shown = (text: string | null) => text?.length ?? 4;
  return state === 'same' ? shown(before) : shown(before) + shown(after) + 5;
}
