// Text that was UTF-8, and was read as Windows-1252 once or twice: "Ã©" becomes "é".

import { Buffer, isUtf8 } from 'node:buffer';
import { always } from './step.ts';

/** A text that is fine stays: as Windows-1252 its bytes are hardly ever valid UTF-8. The whole text must have been misread. */
export const repairEncoding = always((value) => {
  const once = misread(value);
  return once === null ? value : (misread(once) ?? once);
});

/** What begins a character of several bytes in UTF-8, as Windows-1252 shows it. */
const LEAD = /[\u00c2-\u00f4]/;

/** What it was before; null where it was not misread. */
function misread(text: string): string | null {
  if (!LEAD.test(text)) return null;
  const bytes = Buffer.allocUnsafe(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const byte = code < 0x80 || (code >= 0xa0 && code <= 0xff) ? code : C1.get(code);
    if (byte === undefined) return null;
    bytes[i] = byte;
  }
  return isUtf8(bytes) ? bytes.toString('utf8') : null;
}

/** The 27 characters that Windows-1252 has at 0x80–0x9F, where Unicode has controls. */
const WINDOWS = '€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ';
const BYTES = [
  0x80, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x8b, 0x8c, 0x8e, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96,
  0x97, 0x98, 0x99, 0x9a, 0x9b, 0x9c, 0x9e, 0x9f,
];
/** The five bytes it leaves empty, which decoders pass through as controls. */
const EMPTY = [0x81, 0x8d, 0x8f, 0x90, 0x9d];

const C1 = new Map<number, number>([
  ...BYTES.map((byte, i) => [WINDOWS.charCodeAt(i), byte] as const),
  ...EMPTY.map((byte) => [byte, byte] as const),
]);
