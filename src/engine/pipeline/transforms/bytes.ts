// Hexadecimal digits, base64 and UUIDs. Binary columns arrive as hexadecimal digits.

import { Buffer, isUtf8 } from 'node:buffer';
import { uuid } from './cast.ts';
import { always, type Instead, orElse, type Step } from './step.ts';

interface Policy {
  readonly onFailure?: Instead | undefined;
}

const HEX = /^(?:[0-9a-f]{2})*$/i;
const HEX_UUID = /^[0-9a-f]{32}$/i;

export function uuidFromHex({ onFailure }: Policy): Step {
  return orElse((value) => (HEX_UUID.test(value) ? uuid(value) : undefined), onFailure, 'not 32 hexadecimal digits');
}

export function uuidToHex({ onFailure }: Policy): Step {
  return orElse((value) => uuid(value.trim())?.replaceAll('-', ''), onFailure, 'not a UUID');
}

export const hex = always((value) => Buffer.from(value, 'utf8').toString('hex'));

export function fromHex({ onFailure }: Policy): Step {
  return orElse(
    (value) => (HEX.test(value) ? utf8(Buffer.from(value, 'hex')) : undefined),
    onFailure,
    'not UTF-8 text in hexadecimal digits',
  );
}

export const base64 = always((value) => Buffer.from(value, 'utf8').toString('base64'));

const SPACES = /\s+/g;

/** Line breaks may be anywhere; the padding must be there. */
export function fromBase64({ onFailure }: Policy): Step {
  return orElse(
    (value) => {
      const text = value.replace(SPACES, '');
      const bytes = Buffer.from(text, 'base64');
      // Buffer skips what is not base64.
      return bytes.toString('base64') === text ? utf8(bytes) : undefined;
    },
    onFailure,
    'not UTF-8 text in base64',
  );
}

function utf8(bytes: Buffer): string | undefined {
  return isUtf8(bytes) ? bytes.toString('utf8') : undefined;
}
