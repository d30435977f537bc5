// The rules of the legacy shop, line by line: what the oracle expects of values that were thought of by hand.

import { describe, expect, test } from 'vitest';
import { type ExpectedShop, expectedShop } from '../support/legacy-shop/oracle.ts';

type Values = Readonly<Record<string, string | null>>;

const NOW = '2026-06-30 12:00:00';
const customer = {
  customer_id: '7',
  customer_name: 'Ada Byron',
  email_address: 'ada@example.com',
  phone_number: '5551234567',
  street_address: '1 Main St',
  city: 'Austin',
  state_province: 'TX',
  zip_postal: '78701',
  country: 'US',
  status_code: '1',
  created_date: '2023-01-15 10:30:00',
  last_modified: null,
  active: '1',
};
const product = {
  product_id: '17',
  product_code: 'ELE-0017',
  product_name: ' Quiet  Lamp',
  description: null,
  unit_price: '19.99',
  category: 'book',
  status: '1',
  product_attributes: null,
};
const order = {
  order_id: '99',
  customer_id: '7',
  order_number: 'ORD-0000099',
  order_total: '25.5',
  status: 'NEW',
  order_date: '2024-02-29 08:00:00',
  order_items: '[{"product_id":17,"quantity":1,"price":25.50}]',
};

function expected(change: { customers?: Values[]; product?: Values; order?: Values } = {}): ExpectedShop {
  return expectedShop(
    {
      customers: (change.customers ?? [{}]).map((values) => ({ ...customer, ...values })),
      products: [{ ...product, ...change.product }],
      orders: [{ ...order, ...change.order }],
    },
    NOW,
  );
}

const REFUSED = 'in quarantine';

/** One field of what becomes of the row; or that this field, and no other, keeps it in quarantine. */
function fieldOf(shop: ExpectedShop, table: keyof ExpectedShop, field: string): unknown {
  const { rows, quarantine } = shop[table];
  const [row] = rows.values() as Iterable<unknown> as Iterable<Record<string, unknown>>;
  if (row) return row[field];
  expect(quarantine[0]?.faults.map((fault) => fault.field)).toEqual([field]);
  return REFUSED;
}

const customerField = (field: string, values: Values) => fieldOf(expected({ customers: [values] }), 'customer', field);
const productField = (field: string, values: Values) => fieldOf(expected({ product: values }), 'product', field);
const orderField = (field: string, values: Values) => fieldOf(expected({ order: values }), 'order', field);

describe('customer', () => {
  test.each([
    ['  john DOE  ', 'John Doe'],
    ['mary  \t ann   SMITH', 'Mary Ann Smith'],
    ['J@ohn! D*oe 2ND', 'John Doe 2nd'],
    ['R & B', 'R B'],
    ["o'BRIEN", 'Obrien'],
    ['anne-marie smith-JONES', 'Anne-Marie Smith-Jones'],
    ['dr. j.r. van den berg', 'Dr. J.R. Van Den Berg'],
    ['BJÖRN ÅKESSON', 'Björn Åkesson'],
    ['анна ИВАНОВА', 'Анна Иванова'],
    ['美咲 佐藤', '美咲 佐藤'],
    ['', 'Unknown Customer'],
    ['  ***  ', 'Unknown Customer'],
    [null, 'Unknown Customer'],
  ])('name %j becomes %j', (given, name) => {
    expect(customerField('name', { customer_name: given })).toBe(name);
  });

  test.each([
    ['  JOHN@EXAMPLE.COM ', 'john@example.com'],
    ['a.b+c@mail.example.co.uk', 'a.b+c@mail.example.co.uk'],
    ['nobody@', REFUSED],
    ['@example.com', REFUSED],
    ['john@localhost', REFUSED],
    ['john doe@example.com', REFUSED],
    ['a@b@example.com', REFUSED],
    ['', REFUSED],
    [null, REFUSED],
  ])('email %j becomes %j', (given, email) => {
    expect(customerField('email', { email_address: given })).toBe(email);
  });

  test.each([
    ['5551234567', '(555) 123-4567'],
    ['555.123.4567', '(555) 123-4567'],
    ['+1 555-123-4567', '+1 (555) 123-4567'],
    ['15551234567', '+1 (555) 123-4567'],
    ['25551234567', '25551234567'],
    ['+44 20 7946 0958', '442079460958'],
    ['555-1234', REFUSED],
    ['call office', REFUSED],
    ['', REFUSED],
    [null, null],
  ])('phone %j becomes %j', (given, phone) => {
    expect(customerField('phone', { phone_number: given })).toBe(phone);
  });

  test.each([
    [{}, { street: '1 Main St', city: 'Austin', state: 'TX', postal_code: '78701', country: 'US' }],
    [
      { city: ' SÃO PAULO ', state_province: null, zip_postal: ' ', country: ' BR' },
      { street: '1 Main St', city: 'SÃO PAULO', country: 'BR' },
    ],
    [{ street_address: null, city: null, state_province: null, zip_postal: null, country: null }, { country: 'US' }],
  ])('address of %j becomes %j', (given, address) => {
    expect(JSON.parse(String(customerField('address', given)))).toEqual(address);
  });

  test.each([
    ['1', 'active', 0],
    ['A', 'active', 0],
    ['2', 'inactive', 0],
    ['I', 'inactive', 0],
    ['3', 'suspended', 0],
    ['S', 'suspended', 0],
    ['4', 'pending', 0],
    [' p ', 'pending', 0],
    ['9', 'active', 1],
    [null, 'active', 1],
  ])('status %j becomes %j, counted %i times', (given, status, counted) => {
    const { customer } = expected({ customers: [{ status_code: given }] });
    expect(customer.rows.get('7')?.status).toBe(status);
    expect(customer.counted.get('status') ?? 0).toBe(counted);
  });

  test.each([
    ['2023-01-15 10:30:00', '2023-01-15 10:30:00'],
    ['2023-01-15', '2023-01-15 00:00:00'],
    ['01/15/2023 10:30:00', '2023-01-15 10:30:00'],
    ['15/01/2023', '2023-01-15 00:00:00'],
    ['05/03/2023', '2023-03-05 00:00:00'],
    ['20230115', '2023-01-15 00:00:00'],
    ['2024-02-29', '2024-02-29 00:00:00'],
    ['2023-02-29', REFUSED],
    ['2000-02-29', '2000-02-29 00:00:00'],
    ['1900-02-29', REFUSED],
    ['0000-01-01', REFUSED],
    ['01/15/2023', REFUSED],
    ['15/01/2023 10:30:00', REFUSED],
    ['2023-01-15 24:00:00', REFUSED],
    ['2023-1-5', REFUSED],
    ['2023-01-15T10:30:00', REFUSED],
    [' 2023-01-15', REFUSED],
    ['unknown', REFUSED],
    ['', REFUSED],
    [null, REFUSED],
    [NOW, NOW],
    ['2026-06-30 12:00:01', REFUSED],
    ['20260701', REFUSED],
  ])('created_at of %j becomes %j', (given, date) => {
    expect(customerField('created_at', { created_date: given })).toBe(date);
  });

  test.each([
    ['2025-05-05 05:05:05', '2025-05-05 05:05:05'],
    ['2087-01-01 00:00:00', REFUSED],
    ['soon', REFUSED],
    [null, null],
  ])('updated_at of %j becomes %j', (given, date) => {
    expect(customerField('updated_at', { last_modified: given })).toBe(date);
  });

  test('that is not active is neither expected nor in quarantine', () => {
    const { customer } = expected({ customers: [{ active: '0', email_address: 'none' }, { customer_id: '8' }] });
    expect([...customer.rows.keys()]).toEqual(['8']);
    expect(customer.quarantine).toEqual([]);
    expect(customer.read).toBe(1);
  });

  test('with several faults has them all', () => {
    const { customer } = expected({ customers: [{ phone_number: '-', email_address: 'n/a', created_date: '?' }] });
    expect(customer.quarantine).toEqual([
      {
        legacyId: '7',
        faults: [
          { field: 'email', reason: 'no address' },
          { field: 'phone', reason: 'too few digits' },
          { field: 'created_at', reason: 'no date' },
        ],
      },
    ]);
  });
});

describe('product', () => {
  test.each([
    ['ele-0017', 'ELE-0017'],
    [' el 00_17/é* ', 'EL00_17'],
    ['', 'PROD-17'],
    ['***', 'PROD-17'],
    [null, 'PROD-17'],
    ['abc', 'ABC'],
    ['A1', REFUSED],
  ])('sku of %j becomes %j', (given, sku) => {
    expect(productField('sku', { product_code: given })).toBe(sku);
  });

  test('name and description go as they are', () => {
    expect(productField('name', {})).toBe(' Quiet  Lamp');
    expect(productField('description', {})).toBe(null);
  });

  test.each([
    ['19.99', '19.99'],
    ['$19.90', '19.9'],
    [' € 7 ', '7'],
    ['12.50£', '12.5'],
    ['0.00', '0'],
    ['100000.00', '100000'],
    ['100000.01', REFUSED],
    ['-0.01', REFUSED],
    ['$-5', REFUSED],
    ['1,299.00', REFUSED],
    ['call us', REFUSED],
    ['', REFUSED],
    [null, REFUSED],
  ])('price %j becomes %j', (given, price) => {
    expect(productField('price', { unit_price: given })).toBe(price);
  });

  test.each([
    ['electronics', 'Electronics'],
    ['Electronic', 'Electronics'],
    [' COMPUTERS ', 'Electronics'],
    ['clothing', 'Apparel'],
    ['Clothes', 'Apparel'],
    ['apparel', 'Apparel'],
    ['books', 'Books'],
    ['BOOK', 'Books'],
    ['home & KITCHEN', 'Home & Kitchen'],
    ['', 'Uncategorized'],
    [null, 'Uncategorized'],
  ])('category %j becomes %j', (given, category) => {
    expect(productField('category', { category: given })).toBe(category);
  });

  test.each([
    ['{"color": "blue", "weight": 1.250}', { color: 'blue', weight: 1.25 }, 0],
    ['color=blue;size=medium', { color: 'blue', size: 'medium' }, 0],
    [' color = crème ; formula = a=b ', { color: 'crème', formula: 'a=b' }, 0],
    ['see catalogue', {}, 1],
    ['color=blue;size', {}, 1],
    ['color=;size=1', {}, 1],
    ['color=blue;color=red', {}, 1],
    ['{"color": "blue"', {}, 1],
    ['["blue"]', {}, 1],
    ['42', {}, 1],
    ['', {}, 0],
    [null, {}, 0],
  ])('attributes %j become %j, counted %i times', (given, attributes, counted) => {
    const { product } = expected({ product: { product_attributes: given } });
    expect(JSON.parse(product.rows.get('17')!.attributes)).toEqual(attributes);
    expect(product.counted.get('attributes') ?? 0).toBe(counted);
  });

  test.each([
    ['1', true],
    ['active', true],
    ['A', true],
    ['available', true],
    ['Y', true],
    [' YES ', true],
    ['true', true],
    [null, true],
    ['', true],
    ['no', false],
    ['0', false],
    ['discontinued', false],
  ])('active of %j becomes %j', (given, active) => {
    expect(productField('active', { status: given })).toBe(active);
  });
});

describe('order', () => {
  const line = { product_id: 17, quantity: 2, price: 9.9 };
  const json = (...lines: object[]) => JSON.stringify(lines);

  test.each([
    [
      '[{"product_id":1,"quantity":2,"price":9.90, "note":"x"}]',
      [{ product_id: 1, quantity: 2, price: 9.9, note: 'x' }],
    ],
    [
      'P001:2:99.99|P002:1:10.00',
      [
        { product_id: 'P001', quantity: 2, price: 99.99 },
        { product_id: 'P002', quantity: 1, price: 10 },
      ],
    ],
    [json({ ...line, product_id: 'gone' }), [{ ...line, product_id: 'gone' }]],
    [json({ ...line, price: 0 }), [{ ...line, price: 0 }]],
  ])('items %j become %j', (given, items) => {
    expect(JSON.parse(String(orderField('items', { order_items: given })))).toEqual(items);
  });

  test.each([
    [null],
    [''],
    ['[]'],
    ['see invoice'],
    [json(line).slice(0, -1)],
    [`{"items":${json(line)}}`],
    [json(line, { ...line, quantity: 0 })],
    [json({ ...line, quantity: -1 })],
    [json({ ...line, quantity: '2' })],
    [json({ ...line, price: -0.01 })],
    [json({ ...line, product_id: null })],
    [json({ ...line, product_id: '' })],
    [json({ quantity: 1, price: 1 })],
    ['["P001"]'],
    ['P001:0:9.99'],
    ['P001:1:-9.99'],
    [':1:9.99'],
    ['P001:1:9.99|P002:1'],
    ['P001:1:9.99:'],
    ['P001:one:9.99'],
  ])('items %j are at fault', (given) => {
    expect(orderField('items', { order_items: given })).toBe(REFUSED);
  });

  test.each([
    ['25.5', json(line), '25.5'],
    ['1000000', json(line), '1000000'],
    ['1000000.01', json(line), REFUSED],
    ['-19.99', json(line), REFUSED],
    ['much', json(line), REFUSED],
    [null, json(line), '19.8'],
    ['0', json(line, { ...line, quantity: 3, price: 0.1 }), '20.1'],
    ['0.0', 'P1:3:0.10|P2:1:0.7', '1'],
    [null, 'P1:1:0', '0'],
    [null, 'P1:2:600000', REFUSED],
  ])('total %j with items %j becomes %j', (given, items, total) => {
    expect(orderField('total', { order_total: given, order_items: items })).toBe(total);
  });

  test.each([
    ['1', 'pending', 0],
    ['NEW', 'pending', 0],
    ['2', 'processing', 0],
    ['PROC', 'processing', 0],
    ['3', 'shipped', 0],
    ['SHIP', 'shipped', 0],
    ['4', 'delivered', 0],
    ['DELV', 'delivered', 0],
    ['5', 'cancelled', 0],
    ['canc', 'cancelled', 0],
    ['HOLD', 'pending', 1],
    [null, 'pending', 1],
  ])('status %j becomes %j, counted %i times', (given, status, counted) => {
    const { order } = expected({ order: { status: given } });
    expect(order.rows.get('99')?.status).toBe(status);
    expect(order.counted.get('status') ?? 0).toBe(counted);
  });

  test.each([
    ['ORD-0000099', 'ORD-0000099'],
    [' 2020/17 ', ' 2020/17 '],
    ['', 'ORD-99'],
    [null, 'ORD-99'],
  ])('order_number %j becomes %j', (given, number) => {
    expect(orderField('order_number', { order_number: given })).toBe(number);
  });

  test.each([
    ['2020-01-01 00:00:00', '2020-01-01 00:00:00'],
    ['2087-01-01 00:00:00', REFUSED],
    ['some day', REFUSED],
    [null, REFUSED],
  ])('order_date %j becomes %j', (given, date) => {
    expect(orderField('order_date', { order_date: given })).toBe(date);
  });

  test('before 2020 is neither expected nor in quarantine', () => {
    expect(expected({ order: { order_date: '2019-12-31 23:59:59', order_items: null } }).order.read).toBe(0);
  });

  test.each([
    ['7', []],
    ['8', ['customer not active']],
    ['9', ['customer in quarantine']],
    ['10', ['no such customer']],
    [null, ['no such customer']],
  ])('of customer %j misses: %j', (legacyId, reasons) => {
    const customers = [{}, { customer_id: '8', active: '0' }, { customer_id: '9', email_address: null }];
    const { order } = expected({ customers, order: { customer_id: legacyId } });
    expect(order.quarantine.flatMap(({ faults }) => faults.map(({ reason }) => reason))).toEqual(reasons);
    expect(order.rows.get('99')?.customer_legacy_id).toBe(reasons.length > 0 ? undefined : '7');
  });
});
