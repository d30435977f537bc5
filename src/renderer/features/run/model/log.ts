// The event log as it is read: from a level upwards, and with the words that are looked for.

export type Level = 'info' | 'warning' | 'error';

interface Line {
  readonly level: Level;
  readonly message: string;
}

const ranks: Readonly<Record<Level, number>> = { info: 0, warning: 1, error: 2 };

export function filterLog<L extends Line>(lines: readonly L[], from: Level, text: string): readonly L[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (from === 'info' && words.length === 0) return lines;
  return lines.filter(({ level, message }) => {
    if (ranks[level] < ranks[from]) return false;
    const said = message.toLowerCase();
    return words.every((word) => said.includes(word));
  });
}
