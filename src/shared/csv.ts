// CSV after RFC 4180, safe to open in a spreadsheet.

export type Cell = string | number | boolean;

/** Ends with CRLF; quotes are doubled. */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

/** A spreadsheet must not take a name for a formula: those that look like one get an apostrophe in front. */
export function cell(value: Cell): string {
  if (typeof value !== 'string') return String(value);
  const safe = /^\s*[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
