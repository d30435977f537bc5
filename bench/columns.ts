// Cells in columns, for the terminal.

/** Numbers to the right, words to the left. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const all = [heads, ...rows];
  const widths = heads.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  const isNumber = heads.map((_, column) => rows.every((row) => /^(–|failed|[\d.,]+( [kMG]?B)?)$/.test(row[column]!)));
  return all.map((row) =>
    row
      .map((cell, column) => (isNumber[column] ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)))
      .join('  ')
      .trimEnd(),
  );
}
