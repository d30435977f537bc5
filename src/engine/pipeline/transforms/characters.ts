// A text as characters in one reused array, which steps change in place: no string is made of most values.

import type { BatchWriter } from '../batch.ts';

/** Longer texts are worked on as strings. */
const LONGEST_BYTES = 4096;

/** Of the Basic Multilingual Plane: each character is one UTF-16 code unit, and no part of a surrogate pair. */
export class Characters {
  codes = new Uint16Array(LONGEST_BYTES);
  /** The same memory, as UTF-16. */
  #bytes = Buffer.from(this.codes.buffer);
  start = 0;
  end = 0;
  isNull = false;

  get length(): number {
    return this.end - this.start;
  }

  get value(): string | null {
    return this.isNull ? null : this.#bytes.toString('utf16le', this.start * 2, this.end * 2);
  }

  setNull(): void {
    this.isNull = true;
  }

  /** Takes a field's UTF-8; false when it is too long, or no such text. */
  read(bytes: Buffer, from: number, upto: number): boolean {
    if (upto - from > LONGEST_BYTES) return false;
    const { codes } = this;
    const size = upto - from;
    let put = 0;
    for (let byte = 0; put < size; put++) {
      byte = bytes[from + put]!;
      if (byte >= 0x80) break;
      codes[put] = byte;
    }
    for (let at = from + put; at < upto; ) {
      const byte = bytes[at++]!;
      if (byte < 0x80) codes[put++] = byte;
      else if (byte < 0xe0) {
        const second = bytes[at++]! ^ 0x80;
        if (byte < 0xc2 || second > 0x3f || at > upto) return false;
        codes[put++] = ((byte & 0x1f) << 6) | second;
      } else {
        const second = bytes[at++]! ^ 0x80;
        const third = bytes[at++]! ^ 0x80;
        const code = ((byte & 0x0f) << 12) | (second << 6) | third;
        if (byte > 0xef || second > 0x3f || third > 0x3f || at > upto || code < 0x800 || isSurrogate(code))
          return false;
        codes[put++] = code;
      }
    }
    this.start = 0;
    this.end = put;
    this.isNull = false;
    return true;
  }

  /** Whether bytes[from…upto) are its UTF-8. */
  isWritten(bytes: Buffer, from: number, upto: number): boolean {
    const { codes, start, end } = this;
    // No character takes less than a byte.
    if (this.isNull || end - start > upto - from) return false;
    let at = from;
    for (let i = start; i < end; i++) {
      const code = codes[i]!;
      if (code < 0x80) {
        if (bytes[at++] !== code) return false;
      } else if (code < 0x800) {
        if (bytes[at++] !== (0xc0 | (code >> 6))) return false;
        if (bytes[at++] !== (0x80 | (code & 0x3f))) return false;
      } else {
        if (bytes[at++] !== (0xe0 | (code >> 12))) return false;
        if (bytes[at++] !== (0x80 | ((code >> 6) & 0x3f))) return false;
        if (bytes[at++] !== (0x80 | (code & 0x3f))) return false;
      }
    }
    return at === upto;
  }

  /** Takes a text; false where it is too long, or has other characters than these. */
  take(value: string | null): boolean {
    this.isNull = value === null;
    if (value === null) return true;
    if (value.length > LONGEST_BYTES) return false;
    const { codes } = this;
    for (let at = 0; at < value.length; at++) {
      const code = value.charCodeAt(at);
      if (isSurrogate(code)) return false;
      codes[at] = code;
    }
    this.start = 0;
    this.end = value.length;
    return true;
  }

  /** Puts another text in its place. */
  set(codes: Uint16Array): void {
    if (codes.length > this.codes.length) {
      this.codes = new Uint16Array(codes.length);
      this.#bytes = Buffer.from(this.codes.buffer);
    }
    const { codes: mine } = this;
    for (let at = 0; at < codes.length; at++) mine[at] = codes[at]!;
    this.start = 0;
    this.end = codes.length;
    this.isNull = false;
  }

  /** Writes a field. */
  write(out: BatchWriter): void {
    if (this.isNull) {
      out.null();
      return;
    }
    const { codes, start, end } = this;
    out.reserve(4 + (end - start) * 3);
    const { bytes } = out;
    let put = out.length + 4;
    for (let at = start; at < end; at++) {
      const code = codes[at]!;
      if (code < 0x80) bytes[put++] = code;
      else if (code < 0x800) {
        bytes[put++] = 0xc0 | (code >> 6);
        bytes[put++] = 0x80 | (code & 0x3f);
      } else {
        bytes[put++] = 0xe0 | (code >> 12);
        bytes[put++] = 0x80 | ((code >> 6) & 0x3f);
        bytes[put++] = 0x80 | (code & 0x3f);
      }
    }
    out.written(put);
  }
}

/** Null where it has other characters than these. */
export function codesOf(text: string): Uint16Array | null {
  const codes = Uint16Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
  return codes.some(isSurrogate) ? null : codes;
}

function isSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdfff;
}
