// Names in the target: policies, limits.

import { describe, expect, test } from 'vitest';
import type { Capabilities } from '../../src/engine/dialects/capabilities.ts';
import { fitName } from '../../src/engine/dialects/names.ts';
import { targetName } from '../../src/engine/map/naming.ts';

const bytes63 = { maxIdentifier: { length: 63, unit: 'bytes' }, identifiersIgnoreCase: false } as Capabilities;
const characters64 = { maxIdentifier: { length: 64, unit: 'characters' }, identifiersIgnoreCase: true } as Capabilities;

test.each([
  ['OrderItems', 'order_items'],
  ['HTTPCode', 'http_code'],
  ['customerID', 'customer_id'],
  ['orderItem2Count', 'order_item2_count'],
  ['unit price', 'unit_price'],
  ['already_snake', 'already_snake'],
  ['_private', '_private'],
  ['__v', '__v'],
  ['ÄrgerNummer', 'ärger_nummer'],
  ['A', 'a'],
  ['%', '%'],
])('snake: %s becomes %s', (name, expected) => {
  expect(targetName(name, 'snake', bytes63)).toBe(expected);
});

test('lower and keep', () => {
  expect(targetName('OrderItems', 'lower', bytes63)).toBe('orderitems');
  expect(targetName('Order Items', 'keep', bytes63)).toBe('Order Items');
});

describe('length', () => {
  test('counts bytes or characters as the target does', () => {
    const umlauts = 'ä'.repeat(40);
    expect(fitName(umlauts, characters64)).toBe(umlauts);
    const cut = fitName(umlauts, bytes63);
    expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(63);
    expect(cut).toMatch(/^ä{27}_[0-9a-f]{8}$/);
  });

  test('cuts never through a character, always the same way, and tells long names apart', () => {
    const long = '😀'.repeat(20);
    expect(fitName(long, bytes63)).toBe(fitName(long, bytes63));
    expect(fitName(long, bytes63)).not.toContain('\uFFFD');
    expect(fitName(`${'x'.repeat(70)}1`, bytes63)).not.toBe(fitName(`${'x'.repeat(70)}2`, bytes63));
  });
});
