// The rows of the shop: deterministic, alike on every machine, with Unicode, NULLs, decimals and times among them.

import { between, moment, oneOf, type Random, random } from './random.ts';

const FIRST = ['Ada', 'Grace', 'Zoë', 'Łukasz', 'Jürgen', 'Нина', '春香', 'Omar', 'Chidi', 'María', 'Søren', 'Tom'];
const LAST = ['Lovelace', 'Hopper', 'Müller', 'Nowak', 'Иванова', '田中', 'García', 'Okafor', 'Ågren', "O'Brien"];
const COUNTRIES = ['DE', 'FR', 'PL', 'JP', 'US', 'BR', 'NG', 'SE', 'GB', 'ES'];
const STATUSES = ['new', 'paid', 'packed', 'shipped', 'delivered', 'returned', 'cancelled'];
const KINDS = ['login', 'search', 'view', 'add-to-cart', 'checkout', 'payment', 'review', 'support', 'logout'];
const WORDS =
  'quick parcel blue river garden window summer lantern copper thread café naïve über market harbour stone 🚚 paper';
const words = WORDS.split(' ');

export function* customers(count: number): Iterable<string> {
  const next = random(1);
  for (let id = 1; id <= count; id++) {
    const first = oneOf(next, FIRST);
    const last = oneOf(next, LAST);
    const note = next() % 10 < 7 ? '\\N' : sentence(next, 12);
    const credit = (between(next, -50_000, 900_000) / 100).toFixed(2);
    yield `${id}\tcustomer.${id}@mail${next() % 97}.example\t${first} ${last}\t${oneOf(next, COUNTRIES)}\t${credit}\t${next() & 1}\t${note}\t${moment(next)}\n`;
  }
}

export function* orders(count: number, customerRows: number): Iterable<string> {
  const next = random(2);
  for (let id = 1; id <= count; id++) {
    const total = (between(next, 100, 500_000) / 100).toFixed(2);
    const remark = next() % 10 < 8 ? '\\N' : sentence(next, 6);
    yield `${id}\t${between(next, 1, customerRows)}\t${oneOf(next, STATUSES)}\t${total}\t${moment(next)}\t${remark}\n`;
  }
}

export function* orderItems(count: number, orderRows: number): Iterable<string> {
  const next = random(3);
  for (let id = 1; id <= count; id++) {
    const sku = `SKU-${String(next() % 100_000).padStart(6, '0')}`;
    const price = (between(next, 50, 99_999) / 100).toFixed(2);
    yield `${id}\t${between(next, 1, orderRows)}\t${sku}\t${between(next, 1, 9)}\t${price}\n`;
  }
}

export function* events(count: number, customerRows: number): Iterable<string> {
  const next = random(4);
  for (let id = 1; id <= count; id++) {
    const kind = oneOf(next, KINDS);
    const micros = String(next() % 1_000_000).padStart(6, '0');
    yield `${id}\t${between(next, 1, customerRows)}\t${kind}\t${payload(next, kind)}\t${moment(next)}.${micros}\n`;
  }
}

/** About 500 bytes of JSON that needs no escape in COPY text. */
function payload(next: Random, kind: string): string {
  return (
    `{"kind":"${kind}","session":"${hex(next)}${hex(next)}","ip":"10.${next() % 256}.${next() % 256}.${next() % 256}",` +
    `"agent":"Mozilla/5.0 (X11; Linux x86_64; rv:${between(next, 90, 140)}.0)","elapsed":${next() % 10_000},` +
    `"ratio":${(next() % 100_000) / 1_000},"flags":[${next() & 1 ? 'true' : 'false'},null,${next() % 7}],` +
    `"tags":["${oneOf(next, words)}","${oneOf(next, words)}"],"text":"${sentence(next, 42)}"}`
  );
}

function sentence(next: Random, length: number): string {
  let text = oneOf(next, words);
  for (let i = 1; i < length; i++) text += ` ${oneOf(next, words)}`;
  return text;
}

function hex(next: Random): string {
  return next().toString(16).padStart(8, '0');
}
