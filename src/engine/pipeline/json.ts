// The canonical text of a JSON value: equal documents give equal texts, whatever database spelt them.

/**
 * Keys sorted by code unit (the last of equal keys wins), no blanks, numbers as digits and exponent
 * so that 1, 1.0 and 1e0 agree and no digit is lost. Text that is not JSON is returned as it is.
 */
export function canonicalJson(text: string): string {
  try {
    return write(JSON.parse(text, keepNumbers));
  } catch {
    return text;
  }
}

/** A number kept as its source text; JSON.parse alone would round it to a double. */
class ExactNumber {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

function keepNumbers(_key: string, value: unknown, context?: { source?: string }): unknown {
  return typeof value === 'number' ? new ExactNumber(context?.source ?? String(value)) : value;
}

function write(value: unknown): string {
  if (value instanceof ExactNumber) return canonicalNumber(value.text);
  if (Array.isArray(value)) return `[${value.map(write).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${write(item)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

/** Significant digits and a power of ten: 120.0 → 12e1. */
export function canonicalNumber(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const digits = (whole + fraction).replace(/^0+/, '');
  if (digits === '') return '0';
  const significant = digits.replace(/0+$/, '');
  const power = Number(exponent) - fraction.length + (digits.length - significant.length);
  return power === 0 ? sign + significant : `${sign}${significant}e${power}`;
}
