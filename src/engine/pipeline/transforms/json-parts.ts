// Parts of JSON, and sums over it; numbers keep every digit.

import type { Transform } from '../../../shared/model/transform.ts';
import { exactDecimal, product, type Scaled, scaled, total, written } from './decimals.ts';
import { ExactNumber, type Json, member, parseJson, writeJson } from './exact-json.ts';
import type { Value } from './step.ts';
import { bad, orElse, refuseTwice, type Step } from './step.ts';

export function pick({ path, onFailure }: Extract<Transform, { do: 'pick' }>): Step {
  const keys = pathKeys(path);
  return orElse(
    (value) => {
      let part = parseJson(value);
      if (part === undefined) return undefined;
      for (const key of keys) {
        part = typeof key === 'number' ? (Array.isArray(part) ? part[key] : undefined) : member(part, key);
      }
      return asText(part);
    },
    onFailure,
    'not JSON',
  );
}

/** Strings without quotes, the rest as JSON; null is NULL. */
function asText(part: Json | undefined): Value {
  if (part === undefined || part === null) return null;
  return typeof part === 'string' ? part : writeJson(part);
}

const KEY = /(?:^|\.)([^.[\]"]+)|\[(\d{1,9})\]|\[("(?:[^"\\]|\\.)*")\]/y;

/** a.b[0]["any key"], with $ in front or not. Throws `map.bad-transform`. */
function pathKeys(path: string): (string | number)[] {
  const start = /^\$(?=[.[])/.test(path) ? 1 : 0;
  const keys: (string | number)[] = [];
  for (KEY.lastIndex = start; KEY.lastIndex < path.length; ) {
    const match = KEY.exec(path);
    const quoted = match?.[3] === undefined ? undefined : parseJson(match[3]);
    if (!match || (match[3] !== undefined && typeof quoted !== 'string')) break;
    keys.push(typeof quoted === 'string' ? quoted : (match[1] ?? Number(match[2])));
  }
  if (keys.length === 0 || KEY.lastIndex !== path.length || path.startsWith('.')) {
    throw bad(`"${path}" is no path.`, 'Write it like a.b[0].c, and other keys like ["first name"].');
  }
  return keys;
}

const ZERO: Scaled = { units: 0n, scale: 0 };
const ONE: Scaled = { units: 1n, scale: 0 };

export function sum({ fields, onFailure }: Extract<Transform, { do: 'sum' }>): Step {
  refuseTwice(fields, 'Name each field once.');
  return orElse(
    (value) => {
      const items = parseJson(value);
      if (!Array.isArray(items)) return undefined;
      let result = ZERO;
      for (const item of items) {
        let term = ONE;
        for (const field of fields) {
          const factor = numberIn(member(item, field));
          if (factor === undefined) return undefined;
          term = product(term, factor);
        }
        result = total(result, term);
      }
      return written(result);
    },
    onFailure,
    `not a JSON array of objects with numbers in ${fields.join(' and ')}`,
  );
}

/** Numbers in quotes count too. */
function numberIn(value: Json | undefined): Scaled | undefined {
  const text = value instanceof ExactNumber ? value.text : typeof value === 'string' ? value : undefined;
  const decimal = text === undefined ? undefined : exactDecimal(text);
  return decimal === undefined ? undefined : scaled(decimal);
}
