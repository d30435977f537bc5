// Conversions of sets and arrays to their other forms.

import type { ScalarType } from '../../../shared/model/logical-type.ts';
import { viaText } from './field.ts';

/** MySQL's `a,b` to PostgreSQL's `{a,b}`, quoted as PostgreSQL itself would. */
export const setToArray = viaText((text) => (text === '' ? '{}' : `{${text.split(',').map(arrayElement).join(',')}}`));

export const setToJson = viaText((text) => JSON.stringify(text === '' ? [] : text.split(',')));

/** PostgreSQL's array literal to a JSON array: numbers and booleans bare, everything else as strings. */
export function arrayToJson(element: ScalarType): ReturnType<typeof viaText> {
  const bare = element.kind === 'integer' || element.kind === 'decimal' || element.kind === 'float';
  return viaText((text) => {
    const parsed = parseArray(text);
    if (parsed === null) return null;
    return toJson(parsed, (value) => {
      if (element.kind === 'boolean') return value === 't' ? 'true' : 'false';
      if (element.kind === 'json') return value;
      return bare && /^-?\d/.test(value) ? value : JSON.stringify(value);
    });
  });
}

type Nested = readonly (string | null | Nested)[];

function toJson(items: Nested, scalar: (value: string) => string): string {
  const parts = items.map((item) =>
    item === null ? 'null' : typeof item === 'string' ? scalar(item) : toJson(item, scalar),
  );
  return `[${parts.join(',')}]`;
}

function arrayElement(text: string): string {
  const plain = text !== '' && !/[{}",\\\s]/.test(text) && text.toLowerCase() !== 'null';
  return plain ? text : `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/** The items of an array literal; null when it is not one. Bounds such as [0:1]= in front are dropped. */
export function parseArray(literal: string): Nested | null {
  const text = literal.replace(/^(\[-?\d+:-?\d+\])+=/, '');
  let at = 0;

  function list(): Nested | null {
    at++;
    const items: (string | null | Nested)[] = [];
    if (text[at] === '}') {
      at++;
      return items;
    }
    for (;;) {
      const item = text[at] === '{' ? list() : text[at] === '"' ? quoted() : bare();
      if (item === undefined) return null;
      items.push(item);
      const next = text[at++];
      if (next === '}') return items;
      if (next !== ',') return null;
    }
  }

  function quoted(): string | undefined {
    let value = '';
    for (at++; at < text.length; at++) {
      if (text[at] === '"') {
        at++;
        return value;
      }
      if (text[at] === '\\') at++;
      value += text[at];
    }
    return undefined;
  }

  function bare(): string | null {
    const start = at;
    while (at < text.length && text[at] !== ',' && text[at] !== '}') at++;
    const value = text.slice(start, at);
    return value.toUpperCase() === 'NULL' ? null : value;
  }

  if (text[0] !== '{') return null;
  const items = list();
  return at === text.length ? items : null;
}
