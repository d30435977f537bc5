// A field of a batch as text for eyes.

/** Values are cut at 200 characters. */
export function printable(bytes: Buffer, start: number, end: number, kind: string): string {
  if (kind === 'float') return String(bytes.readDoubleBE(start));
  if (kind === 'binary') return `0x${bytes.toString('hex', start, Math.min(end, start + 100))}`;
  const text = bytes.toString('utf8', start, Math.min(end, start + 800));
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}
