// JSON built from columns and from delimited text.

import type { Transform } from '../../../shared/model/transform.ts';
import { exactDecimal } from './decimals.ts';
import { bad, orElse, refuseTwice, type Step, withRow } from './step.ts';

/** An object of columns. The value itself takes no part. */
export function json({ fields, defaults = {}, keepEmpty = false }: Extract<Transform, { do: 'json' }>): Step {
  const stray = Object.keys(defaults).find((name) => !Object.hasOwn(fields, name));
  if (stray !== undefined) throw bad(`the default "${stray}" is for no field.`, 'Name one of "fields".');
  const parts = Object.entries(fields).map(([name, column]) => ({
    key: `${JSON.stringify(name)}:`,
    column,
    absent: Object.hasOwn(defaults, name) ? JSON.stringify(defaults[name]) : keepEmpty ? 'null' : null,
  }));

  return withRow((_value, row) => {
    let members = '';
    for (const { key, column, absent } of parts) {
      const text = row.get(column)?.trim();
      const written = text ? JSON.stringify(text) : absent;
      if (written !== null) members += (members === '' ? '' : ',') + key + written;
    }
    return `{${members}}`;
  });
}

/** The last separator may have nothing behind it; a key that comes twice would lose one of its values. */
export function pairs({ between = ';', equals = '=', onFailure }: Extract<Transform, { do: 'pairs' }>): Step {
  refuseSame(between, equals);
  const instead = onFailure === 'empty' ? { value: '{}' } : onFailure;
  return orElse(
    (value) => {
      const text = value.trim();
      return /^[[{]/.test(text) ? kept(text, '{') : pairsToJson(value, between, equals);
    },
    instead,
    `neither a JSON object nor key${equals}value with ${between} between`,
  );
}

function pairsToJson(text: string, between: string, equals: string): string | undefined {
  const members = new Map<string, string>();
  for (const part of text.split(between)) {
    if (part.trim() === '') continue;
    const at = part.indexOf(equals);
    const key = part.slice(0, Math.max(at, 0)).trim();
    if (key === '' || members.has(key)) return undefined;
    members.set(key, part.slice(at + equals.length).trim());
  }
  if (members.size === 0) return undefined;
  return `{${Array.from(members, ([key, item]) => `${JSON.stringify(key)}:${JSON.stringify(item)}`).join(',')}}`;
}

type Records = Extract<Transform, { do: 'records' }>;

export function records({ between = '|', inside = ':', fields, onFailure }: Records): Step {
  refuseSame(between, inside);
  const names = fields.map(({ name }) => name);
  refuseTwice(names, 'Give each field a name of its own.');
  const parts = fields.map(({ name, type }) => ({ key: `${JSON.stringify(name)}:`, isNumber: type === 'number' }));

  function record(text: string): string | undefined {
    const items = text.split(inside);
    if (items.length !== parts.length) return undefined;
    let members = '';
    for (const [i, { key, isNumber }] of parts.entries()) {
      const item = items[i]!.trim();
      const written = isNumber ? exactDecimal(item) : JSON.stringify(item);
      if (written === undefined) return undefined;
      members += (i === 0 ? '' : ',') + key + written;
    }
    return `{${members}}`;
  }

  return orElse(
    (value) => {
      const text = value.trim();
      if (/^[[{]/.test(text)) return kept(text, '[');
      const objects = text.split(between).map(record);
      return objects.includes(undefined) ? undefined : `[${objects.join(',')}]`;
    },
    onFailure,
    `neither a JSON array nor ${names.join(inside)} with ${between} between`,
  );
}

/** The text as it is, when it is JSON that opens so; its numbers are never read. */
function kept(text: string, opening: '{' | '['): string | undefined {
  if (!text.startsWith(opening)) return undefined;
  try {
    JSON.parse(text);
    return text;
  } catch {
    return undefined;
  }
}

function refuseSame(between: string, inside: string): void {
  if (between === inside) throw bad(`"${between}" can't separate both.`, 'Give two different separators.');
}
