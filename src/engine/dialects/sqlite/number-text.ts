// Numbers as plain decimal text: no exponent, no plus, no needless zeros in front.

const NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

/** Null for what is no finite number. A double gives the shortest digits that read back as itself. */
export function plainNumber(value: unknown): string | null {
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number') {
    const text = String(value);
    return text.includes('e') || !Number.isFinite(value) ? plainText(text) : text;
  }
  return typeof value === 'string' ? plainText(value) : null;
}

function plainText(text: string): string | null {
  const parts = NUMBER.exec(text);
  if (!parts || (parts[2] === '' && !parts[3])) return null;
  const [, sign, whole = '', fraction = '', exponent = '0'] = parts;
  const shift = Number(exponent);
  if (Math.abs(shift) > 1000) return null;
  const digits = whole + fraction;
  const point = whole.length + shift;
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0');
  const at = Math.max(point, 1);
  const before = padded.slice(0, at).replace(/^0+(?=\d)/, '');
  const after = padded.slice(at);
  return `${sign === '-' ? '-' : ''}${before}${after === '' ? '' : `.${after}`}`;
}
