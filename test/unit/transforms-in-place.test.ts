// Steps on characters in place against the same steps on strings, with random texts: not one may differ.

import { Buffer } from 'node:buffer';
import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';
import { BatchWriter, fieldLength, NULL_LENGTH } from '../../src/engine/pipeline/batch.ts';
import { type Chain, Refused, type Value } from '../../src/engine/pipeline/transforms/chain.ts';
import { Characters } from '../../src/engine/pipeline/transforms/characters.ts';
import { seeded } from '../../src/host/sample/random.ts';
import type { Transform } from '../../src/shared/model/transform.ts';
import { chainOf, rowOf } from './transforms-apply.ts';

const PIECES = [
  ...['a', 'B', 'z', 'Q', '0', '7', '1', '.', '.', '@', '-', "'", '’', '&', '(', ')', '_', '/', ':', '%'],
  ...[' ', ' ', ' ', '\t', '\n', '\0', '\u00a0', '\u2003', '\u3000', '\ufeff', '\u001f', '\u0085'],
  ...['é', 'Å', 'ø', 'ß', 'ẞ', 'µ', 'ı', 'İ', 'ſ', 'ŉ', 'ǆ', 'Ǆ', 'ǅ', 'Σ', 'ς', 'σ', 'Ω', 'ﬀ', 'и', 'Ж', 'ა', 'ႠB'],
  ...['e\u0301', '\u0345', '中', 'ア', 'Ⅷ', 'ⓐ', '²', '٣', '\ufffd', '\uffff', '😀', '𐐀', '𝟘'],
  ...['2023-11-15', '1/2/2023', '29/02/2023', '29/02/2024', '23:59 Feb 3 70', '12:00:01pM 366.2024', '366.2023'],
  ...['active', 'A', 'unknown', '555', '2023', '12', '+1 ', 'x@y.z', 'Straße', 'STRASSE'],
];

const STEPS: readonly (Transform | readonly Transform[])[] = [
  { do: 'trim' },
  { do: 'collapse spaces' },
  { do: 'lower' },
  { do: 'upper' },
  { do: 'title' },
  { do: 'strip nul' },
  { do: 'strip', pattern: '[^\\p{L}\\p{Nd} .-]' },
  { do: 'replace pattern', pattern: '[aeiou ]+', with: '_' },
  [{ do: 'trim' }, { do: 'replace pattern', pattern: '\\d', with: '##' }],
  { do: 'replace', find: '&', with: '' },
  { do: 'replace', find: 'B', with: 'ß' },
  [{ do: 'trim' }, { do: 'replace', find: 'A', with: 'and' }],
  { do: 'substring', start: 2, length: 4 },
  { do: 'substring', start: -3 },
  { do: 'substring', start: -3, length: 1 },
  { do: 'null if', values: ['', 'A', '😀', 'ß'] },
  [
    { do: 'null if', values: ['', '.'] },
    { do: 'default', value: 'No 😀' },
  ],
  { do: 'map values', values: { A: 'active', ß: null, '': '😀', '1': '' }, otherwise: 'null' },
  [{ do: 'trim' }, { do: 'map values', values: { a: 'x' }, ignoreCase: true }],
  { do: 'email', onFailure: 'keep' },
  { do: 'email', onFailure: 'reject' },
  { do: 'phone', country: 'US', format: 'us', onFailure: 'keep' },
  [
    { do: 'phone', country: 'US', format: 'us', onFailure: 'null' },
    { do: 'default', value: '-' },
  ],
  { do: 'date', formats: ['%Y-%m-%d', '%d/%m/%Y', '%H:%M %b %d %y', '%I:%M:%S%p %j.%Y'], onFailure: 'keep' },
  // With steps between that need a string.
  [
    { do: 'trim' },
    { do: 'pad', side: 'left', length: 9, with: '中' },
    { do: 'upper' },
    { do: 'template', template: '{} 😀{other}' },
    { do: 'collapse spaces' },
    { do: 'title' },
  ],
  [
    { do: 'strip nul' },
    { do: 'trim' },
    { do: 'replace', find: '&', with: ' ' },
    { do: 'lower' },
    { do: 'collapse spaces' },
    { do: 'strip', pattern: '[^\\p{L}\\p{Nd} .-]' },
    { do: 'title' },
    { do: 'null if', values: [''] },
    { do: 'default', value: 'Unknown Customer' },
    { do: 'substring', start: 0, length: 10 },
  ],
];

test.each(STEPS.map((steps) => [JSON.stringify(steps), steps] as const))('%s', (_, steps) => {
  const chain = chainOf(...[steps].flat());
  const random = seeded(20_261_121);
  let inPlace = 0;
  for (let round = 0; round < 2_000; round++) {
    const pieces = Array.from({ length: random.whole(0, random.percent(30) ? 2 : 12) }, () => random.pick(PIECES));
    const value = random.percent(3) ? null : pieces.join('');
    const changed = inPlaceOf(chain, value);
    if (changed === 'not such a text') continue;
    inPlace++;
    const wished = onString(chain, value);
    // To expect is slow.
    if (!isDeepStrictEqual(changed, wished)) expect({ value, ...changed }).toEqual({ value, ...wished });
  }
  expect(inPlace).toBeGreaterThan(500);
});

test('a text too long to be worked on in place is left alone', () => {
  const bytes = Buffer.from('x'.repeat(5_000));
  expect(new Characters().read(bytes, 0, bytes.length)).toBe(false);
});

test('bytes that are no UTF-8 are left alone', () => {
  const characters = new Characters();
  const broken = ['ff', 'c0af', 'c3', 'e28', 'eda080', 'e0809f', 'f09f9880', '80', 'c328', 'e2a8', 'e2a820'];
  for (const hex of broken) {
    const bytes = Buffer.from(hex, 'hex');
    expect({ hex, read: bytes.length > 0 && characters.read(bytes, 0, bytes.length) }).toEqual({ hex, read: false });
  }
});

interface Outcome {
  readonly after: Value | { readonly refused: string };
  readonly settled: readonly string[];
}

function onString(chain: Chain, value: Value): Outcome {
  const settled: string[] = [];
  return { after: orRefused(() => chain.apply(value, ROW, (words) => void settled.push(words))), settled };
}

function inPlaceOf(chain: Chain, value: Value): Outcome | 'not such a text' {
  const text = new Characters();
  const bytes = Buffer.from(value ?? '');
  if (value === null) text.setNull();
  else if (!text.read(bytes, 0, bytes.length)) return 'not such a text';
  const settled: string[] = [];
  const after = orRefused(() => {
    const result = chain.change!(text, ROW, (words) => void settled.push(words));
    return result === undefined ? written(text) : result;
  });
  return { after, settled };
}

const ROW = rowOf({ other: "o'Neill" });

function orRefused(work: () => Value): Outcome['after'] {
  try {
    return work();
  } catch (error) {
    if (error instanceof Refused) return { refused: `${error.step} ${error.reason}` };
    throw error;
  }
}

function written(text: Characters): Value {
  const out = new BatchWriter(16);
  text.write(out);
  return fieldLength(out.bytes, 0) === NULL_LENGTH ? null : out.bytes.toString('utf8', 4, out.length);
}
