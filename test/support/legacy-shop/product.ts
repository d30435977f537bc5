// What becomes of a legacy product.

import { formatDecimal, parseDecimal, within, ZERO } from './decimals.ts';
import { type Judged, Judgement, type SourceRow } from './judged.ts';
import { decode, present, titleCase } from './texts.ts';

export interface ProductRow {
  readonly legacy_id: string;
  readonly sku: string;
  /** Names and descriptions have no rule: they go as they are. */
  readonly name: string | null;
  readonly description: string | null;
  /** Without zeros at the end: compare numbers. */
  readonly price: string;
  readonly category: string;
  /** JSON. */
  readonly attributes: string;
  readonly active: boolean;
}

export function productOf(row: SourceRow): Judged<ProductRow> {
  const judgement = new Judgement();
  const judged: ProductRow = {
    legacy_id: row.product_id ?? '',
    sku: skuOf(row, judgement),
    name: row.product_name ?? null,
    description: row.description ?? null,
    price: priceOf(row.unit_price, judgement),
    category: categoryOf(row.category),
    attributes: attributesOf(row.product_attributes, judgement),
    active: activeOf(row.status),
  };
  return { row: judged, ...judgement };
}

/** Letters from A to Z. Empty is what nothing is left of; what is left and shorter than 3 is at fault. */
function skuOf(row: SourceRow, judgement: Judgement): string {
  const cleaned = (row.product_code ?? '').toUpperCase().replace(/[^A-Z0-9_-]/g, '');
  const sku = cleaned === '' ? `PROD-${row.product_id}` : cleaned;
  if (sku.length < 3) judgement.fault('sku', 'too short');
  return sku;
}

/** A currency sign and blanks may stand in front or behind. A price that is missing or no number is in no range. */
function priceOf(text: string | null | undefined, judgement: Judgement): string {
  const bare = (text ?? '').replace(/^[\s\p{Sc}]+|[\s\p{Sc}]+$/gu, '');
  const price = parseDecimal(bare);
  if (price === null) judgement.fault('price', 'no number');
  else if (!within(price, 0n, 100_000n)) judgement.fault('price', 'out of range');
  return formatDecimal(price ?? ZERO);
}

/** In any case; blanks around it don't count. */
function categoryOf(text: string | null | undefined): string {
  const name = present(text);
  if (name === null) return 'Uncategorized';
  const known = decode(name, {
    Electronics: ['electronics', 'electronic', 'computers'],
    Apparel: ['clothing', 'clothes', 'apparel'],
    Books: ['books', 'book'],
  });
  return known ?? titleCase(name);
}

/**
 * JSON that is an object stays; other JSON holds no attributes. A pair is a key, "=" and a value, both trimmed and there;
 * no key comes twice; values are texts. What is missing altogether becomes {} without being counted: nothing is lost.
 */
function attributesOf(text: string | null | undefined, judgement: Judgement): string {
  const given = present(text);
  if (given === null) return '{}';
  if (isObject(given)) return given;
  const pairs = pairsOf(given);
  if (pairs === null) judgement.count('attributes');
  return JSON.stringify(pairs ?? {});
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

function pairsOf(text: string): Record<string, string> | null {
  const pairs = new Map<string, string>();
  for (const part of text.split(';')) {
    const at = part.indexOf('=');
    const key = part.slice(0, Math.max(at, 0)).trim();
    const value = part.slice(at + 1).trim();
    if (key === '' || value === '' || pairs.has(key)) return null;
    pairs.set(key, value);
  }
  return Object.fromEntries(pairs);
}

/** Missing is true; a word that is not in the list is false. */
function activeOf(status: string | null | undefined): boolean {
  if (present(status) === null) return true;
  return decode(status, { yes: ['1', 'active', 'A', 'available', 'Y', 'yes', 'true'] }) !== null;
}
