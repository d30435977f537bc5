// JSON whose numbers keep every digit: they are read as their text, and written as it.

/** JSON.parse alone would round it to a double. */
export class ExactNumber {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export type Json = null | boolean | string | ExactNumber | readonly Json[] | { readonly [key: string]: Json };

/** undefined when the text is not JSON, or nested too deep to be read. */
export function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text, keepNumbers);
  } catch {
    return undefined;
  }
}

function keepNumbers(_key: string, value: unknown, context?: { source?: string }): unknown {
  return typeof value === 'number' ? new ExactNumber(context?.source ?? String(value)) : value;
}

/** Without blanks; keys in the order they came. */
export function writeJson(value: Json): string {
  if (value instanceof ExactNumber) return value.text;
  if (Array.isArray(value)) return `[${value.map(writeJson).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}:${writeJson(item)}`);
  return `{${entries.join(',')}}`;
}

/** A member of an object, or undefined. */
export function member(value: Json | undefined, key: string): Json | undefined {
  if (value === null || typeof value !== 'object' || value instanceof ExactNumber || Array.isArray(value)) {
    return undefined;
  }
  return Object.hasOwn(value, key) ? (value as { readonly [key: string]: Json })[key] : undefined;
}
