// The catalogue: every step that a project may name, and what compiles it.

import { assertNever } from '../../../shared/errors.ts';
import type { Transform } from '../../../shared/model/transform.ts';
import { base64, fromBase64, fromHex, hex, uuidFromHex, uuidToHex } from './bytes.ts';
import { cast } from './cast.ts';
import { date } from './dates.ts';
import { repairEncoding } from './encoding.ts';
import { boolean, byDefault, mapValues, nullIf, prefer } from './fixed.ts';
import { json, pairs, records } from './json.ts';
import { pick, sum } from './json-parts.ts';
import { lookup } from './lookup.ts';
import { mask } from './mask.ts';
import { number, round, scale } from './numbers.ts';
import { replacePattern, strip } from './pattern.ts';
import { email, phone } from './people.ts';
import { hash, secretNamed } from './secrets.ts';
import type { Find, LookupOf, Step } from './step.ts';
import { concat, fill, template } from './template.ts';
import { collapseSpaces, lower, pad, replace, split, stripNul, substring, trim, upper } from './text.ts';
import { sku, slug, title } from './words.ts';
import { timeZone } from './zones.ts';

/** What steps need from outside of the row. */
export interface StepContext {
  readonly secret: (name: string) => string | null;
  readonly lookup: (lookup: LookupOf) => Find;
}

/** Throws `map.bad-transform`. */
export function compileStep(step: Transform, { secret, lookup: find }: StepContext): Step {
  switch (step.do) {
    case 'trim':
      return trim;
    case 'collapse spaces':
      return collapseSpaces;
    case 'lower':
      return lower;
    case 'upper':
      return upper;
    case 'title':
      return title;
    case 'strip':
      return strip(step);
    case 'replace':
      return replace(step);
    case 'replace pattern':
      return replacePattern(step);
    case 'substring':
      return substring(step);
    case 'pad':
      return pad(step);
    case 'split':
      return split(step);
    case 'concat':
      return concat(step);
    case 'template':
      return template(step);
    case 'slug':
      return slug(step);
    case 'sku':
      return sku;
    case 'strip nul':
      return stripNul;
    case 'repair encoding':
      return repairEncoding;
    case 'default':
      return byDefault(step);
    case 'fill':
      return fill(step);
    case 'prefer':
      return prefer(step);
    case 'null if':
      return nullIf(step);
    case 'map values':
      return mapValues(step);
    case 'boolean':
      return boolean(step);
    case 'number':
      return number(step);
    case 'round':
      return round(step);
    case 'scale':
      return scale(step);
    case 'cast':
      return cast(step);
    case 'date':
      return date(step);
    case 'time zone':
      return timeZone(step);
    case 'phone':
      return phone(step);
    case 'email':
      return email(step);
    case 'json':
      return json(step);
    case 'pick':
      return pick(step);
    case 'pairs':
      return pairs(step);
    case 'records':
      return records(step);
    case 'sum':
      return sum(step);
    case 'uuid from hex':
      return uuidFromHex(step);
    case 'uuid to hex':
      return uuidToHex(step);
    case 'hex':
      return hex;
    case 'from hex':
      return fromHex(step);
    case 'base64':
      return base64;
    case 'from base64':
      return fromBase64(step);
    case 'lookup':
      return lookup(step, find(step));
    case 'hash':
      return hash(secretNamed(step.salt, secret));
    case 'mask':
      return mask(step, step.salt === undefined ? null : secretNamed(step.salt, secret));
    default:
      return assertNever(step);
  }
}
