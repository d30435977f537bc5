// The sample's customers: as years of forms, imports and clerks left them.

import type { Database } from 'better-sqlite3';
import { anyTime, CLOSED, dateInSomeForm, future, isoTime, noDates } from './dates.ts';
import { inserter, type Value } from './insert.ts';
import type { Random } from './random.ts';
import { brokenEmails, buildings, cities, emptyNames, firstNames, junkPhones, lastNames, streets } from './words.ts';

const statuses = ['1', '1', '1', '1', 'A', 'A', '2', 'I', '3', 'S', '4', 'P'] as const;
const strayStatuses = ['0', '5', '9', 'X', 'VIP', '?'] as const;

/** Tells of each customer, by number, whether the account is closed. */
export function fillCustomers(database: Database, random: Random, customers: number): readonly boolean[] {
  const rows = inserter(database, 'customers', 13);
  const closed = [false];
  for (let id = 1; id <= customers; id++) {
    const isClosed = random.percent(9);
    closed.push(isClosed);
    rows.add(customerRow(random, id, isClosed));
  }
  rows.end();
  return closed;
}

function customerRow(random: Random, id: number, closed: boolean): Value[] {
  const first = random.pick(firstNames);
  const last = random.pick(lastNames);
  const city = random.pick(cities);
  const created = anyTime(random);
  return [
    id,
    nameOf(random, first, last),
    emailOf(random, first, last, id),
    phoneOf(random),
    `${random.whole(1, 9_999)} ${random.pick(streets)}${random.percent(12) ? `, ${random.pick(buildings)} ${random.whole(1, 40)}` : ''}`,
    random.percent(4) ? ` ${city.name.toUpperCase()} ` : city.name,
    random.percent(2) ? null : city.state,
    city.zip + String(random.whole(0, 99)).padStart(2, '0'),
    random.percent(35) ? null : city.country,
    random.percent(1.5) ? random.pick(strayStatuses) : random.pick(statuses),
    createdDate(random, created),
    lastModified(random, created),
    closed ? 0 : 1,
  ];
}

function nameOf(random: Random, first: string, last: string): string {
  const name = `${first} ${last}`;
  const kind = random.next() * 100;
  if (kind < 86) return name;
  if (kind < 98) {
    return random.pick([`  ${first.toLowerCase()} ${last.toUpperCase()}  `, name.toUpperCase(), `${first}  ${last}`]);
  }
  return kind < 99.7 ? oddName(random, first, last) : random.pick(emptyNames);
}

/** What a form lets through that asks for nothing in particular. */
function oddName(random: Random, first: string, last: string): string {
  return random.pick([
    `"${first}" ${last}`,
    `${first} (VIP) ${last}`,
    `${first}\t${last}`,
    `Dr. ${first} ${last}`,
    `j.r. ${last}`,
    `${last}, ${first}`,
    `${first} & ${last}`,
    `${first} ${last} 🙂`,
    `*${first}_${last}*`,
    `${first} ${last} 2ND`,
  ]);
}

function emailOf(random: Random, first: string, last: string, id: number): string | null {
  if (random.percent(1)) return null;
  if (random.percent(0.5)) return random.pick(brokenEmails);
  const plain = `${first}.${last}${id}`
    .normalize('NFD')
    .replace(/[^a-z0-9.]/gi, '')
    .toLowerCase();
  const email = `${plain}@example.${random.pick(['com', 'org', 'net'])}`;
  if (random.percent(1)) return ` ${email} `;
  return random.percent(10) ? email.toUpperCase() : email;
}

function phoneOf(random: Random): string | null {
  if (random.percent(2)) return null;
  if (random.percent(1)) return random.pick(junkPhones);
  const area = random.whole(201, 989);
  const line = String(random.whole(0, 9_999)).padStart(4, '0');
  if (random.percent(2)) return random.pick([`+44 20 7946 ${line}`, `+45 33 55 ${line} ext. 12`]);
  return random.pick([`${area}555${line}`, `+1 ${area}-555-${line}`, `(${area}) 555-${line}`, `${area}.555.${line}`]);
}

function createdDate(random: Random, seconds: number): string {
  if (random.percent(0.6)) return random.pick(noDates);
  return dateInSomeForm(random, random.percent(0.2) ? future(random) : seconds);
}

function lastModified(random: Random, created: number): string | null {
  if (random.percent(8)) return null;
  return isoTime(random.percent(0.1) ? future(random) : anyTime(random, created, CLOSED));
}
