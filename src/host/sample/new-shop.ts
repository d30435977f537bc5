// The mapping sample: how the legacy shop becomes a new one. What each field must become is told in docs/legacy-shop.md.

import type { Family } from '../../shared/model/connection.ts';
import type { ColumnMapping, Project, TableMapping } from '../../shared/model/mapping.ts';
import type { Transform } from '../../shared/model/transform.ts';

/** Tables and business rules of the project; the legacy shop is SQLite's, the new one any family's. */
export function newShop(target: Family): Pick<Project, 'errors' | 'tables' | 'rules'> {
  const type = TYPES[target];
  return {
    errors: { onError: 'quarantine', percent: 10 },
    rules: [
      {
        name: 'every order has its customer',
        on: 'target',
        query: `SELECT o.id FROM ${QUOTED_ORDER[target]} o LEFT JOIN customer c ON c.id = o.customer_id WHERE c.id IS NULL`,
      },
      {
        name: 'no legacy customer is there twice',
        on: 'target',
        query: 'SELECT legacy_id FROM customer GROUP BY legacy_id HAVING COUNT(*) > 1',
      },
      {
        name: 'orders on the source have a date',
        on: 'source',
        query: 'SELECT order_id FROM orders WHERE order_date IS NULL',
        onBreak: 'warn',
      },
    ],
    tables: [customer(type), product(type), order(type), orderItems(type)],
  };
}

type Types = Readonly<Record<'key' | 'short' | 'long' | 'json' | 'money' | 'moment' | 'flag', string>>;

const TYPES: Readonly<Record<Family, Types>> = {
  postgres: {
    key: 'bigint',
    short: 'varchar(120)',
    long: 'text',
    json: 'jsonb',
    money: 'numeric(12,2)',
    moment: 'timestamp',
    flag: 'boolean',
  },
  mysql: {
    key: 'bigint',
    short: 'varchar(120)',
    long: 'longtext',
    json: 'json',
    money: 'decimal(12,2)',
    moment: 'datetime',
    flag: 'tinyint(1)',
  },
  sqlite: {
    key: 'INTEGER',
    short: 'VARCHAR(120)',
    long: 'TEXT',
    json: 'JSON',
    money: 'DECIMAL(12,2)',
    moment: 'DATETIME',
    flag: 'BOOLEAN',
  },
};

const QUOTED_ORDER: Readonly<Record<Family, string>> = { postgres: '"order"', mysql: '`order`', sqlite: '"order"' };

const newKey = (type: Types): ColumnMapping => ({
  source: 'new key',
  from: { kind: 'sequence' },
  target: 'id',
  type: type.key,
});

const LEGACY_KEYS = { primary: ['id'], unique: [['legacy_id']] };

/** Whatever is blank counts as missing. */
const BLANK_IS_NULL: readonly Transform[] = [
  { do: 'replace pattern', pattern: '^\\s*$', with: '' },
  { do: 'null if', values: [''] },
];

const DATES: Transform = {
  do: 'date',
  formats: ['%Y-%m-%d %H:%M:%S', '%Y-%m-%d', '%m/%d/%Y %H:%M:%S', '%d/%m/%Y', '%Y%m%d'],
};

function customer(type: Types): TableMapping {
  return {
    source: 'customers',
    target: 'customer',
    keys: { ...LEGACY_KEYS, unique: [['legacy_id'], ['email']] },
    rules: [
      { rule: 'required', column: 'email' },
      { rule: 'required', column: 'created_at' },
      { rule: 'not in the future', column: 'created_at' },
      { rule: 'not in the future', column: 'updated_at' },
    ],
    filter: 'active = 1',
    columns: [
      newKey(type),
      { source: 'customer_id', target: 'legacy_id', type: type.short },
      {
        source: 'customer_name',
        target: 'name',
        type: type.short,
        steps: [
          { do: 'collapse spaces' },
          { do: 'strip', pattern: '[^\\p{L}\\p{Nd} .-]' },
          { do: 'collapse spaces' },
          { do: 'title' },
          { do: 'null if', values: [''] },
          { do: 'default', value: 'Unknown Customer' },
        ],
      },
      { source: 'email_address', target: 'email', type: type.short, steps: [{ do: 'email' }] },
      {
        source: 'phone_number',
        target: 'phone',
        type: type.short,
        steps: [{ do: 'phone', country: 'US', format: 'us' }],
      },
      {
        source: 'street_address',
        target: 'address',
        type: type.json,
        steps: [
          {
            do: 'json',
            fields: {
              street: 'street_address',
              city: 'city',
              state: 'state_province',
              postal_code: 'zip_postal',
              country: 'country',
            },
            defaults: { country: 'US' },
          },
        ],
      },
      ...['city', 'state_province', 'zip_postal', 'country'].map((source) => leftOut(source, type)),
      {
        source: 'status_code',
        target: 'status',
        type: type.short,
        steps: [
          { do: 'trim' },
          {
            do: 'map values',
            values: {
              '1': 'active',
              A: 'active',
              '2': 'inactive',
              I: 'inactive',
              '3': 'suspended',
              S: 'suspended',
              '4': 'pending',
              P: 'pending',
              active: 'active',
              inactive: 'inactive',
              suspended: 'suspended',
              pending: 'pending',
            },
            ignoreCase: true,
            otherwise: { value: 'active' },
          },
        ],
      },
      { source: 'created_date', target: 'created_at', type: type.moment, steps: [DATES] },
      { source: 'last_modified', target: 'updated_at', type: type.moment, steps: [DATES] },
      leftOut('active', type),
    ],
  };
}

function product(type: Types): TableMapping {
  return {
    source: 'products',
    target: 'product',
    keys: { ...LEGACY_KEYS, unique: [['legacy_id'], ['sku']] },
    rules: [
      { rule: 'length', column: 'sku', min: 3 },
      { rule: 'required', column: 'price' },
      { rule: 'range', column: 'price', min: '0', max: '100000' },
    ],
    columns: [
      newKey(type),
      { source: 'product_id', target: 'legacy_id', type: type.short },
      {
        source: 'product_code',
        target: 'sku',
        type: type.short,
        steps: [{ do: 'sku' }, { do: 'null if', values: [''] }, { do: 'fill', template: 'PROD-{product_id}' }],
      },
      { source: 'product_name', target: 'name', type: type.long },
      { source: 'description', target: 'description', type: type.long },
      {
        source: 'unit_price',
        target: 'price',
        type: type.money,
        steps: [
          { do: 'replace pattern', pattern: '^[\\s\\p{Sc}]+|[\\s\\p{Sc}]+$', with: '' },
          { do: 'cast', to: 'decimal' },
        ],
      },
      {
        source: 'category',
        target: 'category',
        type: type.short,
        steps: [
          { do: 'trim' },
          { do: 'null if', values: [''] },
          { do: 'default', value: 'Uncategorized' },
          {
            do: 'map values',
            values: {
              electronics: 'Electronics',
              electronic: 'Electronics',
              computers: 'Electronics',
              clothing: 'Apparel',
              clothes: 'Apparel',
              apparel: 'Apparel',
              books: 'Books',
              book: 'Books',
            },
            ignoreCase: true,
          },
          { do: 'title' },
        ],
      },
      {
        source: 'product_attributes',
        target: 'attributes',
        type: type.json,
        steps: [...BLANK_IS_NULL, { do: 'pairs', onFailure: 'empty' }, { do: 'default', value: '{}' }],
      },
      {
        source: 'status',
        target: 'active',
        type: type.flag,
        steps: [
          ...BLANK_IS_NULL,
          { do: 'boolean', true: ['1', 'active', 'A', 'available', 'Y', 'yes', 'true'] },
          { do: 'default', value: 'true' },
        ],
      },
    ],
  };
}

const ITEMS: readonly Transform[] = [
  ...BLANK_IS_NULL,
  {
    do: 'records',
    fields: [
      { name: 'product_id', type: 'text' },
      { name: 'quantity', type: 'number' },
      { name: 'price', type: 'number' },
    ],
  },
];

function order(type: Types): TableMapping {
  return {
    source: 'orders',
    target: 'order',
    keys: { ...LEGACY_KEYS, references: [{ columns: ['customer_id'], table: 'customer', to: ['id'] }] },
    rules: [
      { rule: 'required', column: 'customer_id' },
      { rule: 'required', column: 'items' },
      {
        rule: 'items',
        column: 'items',
        fields: [{ name: 'product_id' }, { name: 'quantity', above: '0' }, { name: 'price', min: '0' }],
      },
      { rule: 'required', column: 'total' },
      { rule: 'range', column: 'total', min: '0', max: '1000000' },
      { rule: 'required', column: 'order_date' },
      { rule: 'not in the future', column: 'order_date' },
    ],
    filter: "order_date >= '2020-01-01'",
    columns: [
      newKey(type),
      { source: 'order_id', target: 'legacy_id', type: type.short },
      {
        source: 'customer_id',
        target: 'customer_id',
        type: type.key,
        steps: [{ do: 'lookup', in: 'customer', match: 'legacy_id', take: 'id' }],
      },
      {
        source: 'order_number',
        target: 'order_number',
        type: type.short,
        steps: [...BLANK_IS_NULL, { do: 'fill', template: 'ORD-{order_id}' }],
      },
      {
        source: 'order_total',
        target: 'total',
        type: type.money,
        steps: [
          { do: 'template', template: '{order_items}' },
          ...ITEMS,
          { do: 'sum', fields: ['quantity', 'price'] },
          { do: 'prefer', column: 'order_total', unless: ['0', ''] },
        ],
      },
      {
        source: 'status',
        target: 'status',
        type: type.short,
        steps: [
          { do: 'trim' },
          {
            do: 'map values',
            values: {
              '1': 'pending',
              NEW: 'pending',
              '2': 'processing',
              PROC: 'processing',
              '3': 'shipped',
              SHIP: 'shipped',
              '4': 'delivered',
              DELV: 'delivered',
              '5': 'cancelled',
              CANC: 'cancelled',
              pending: 'pending',
              processing: 'processing',
              shipped: 'shipped',
              delivered: 'delivered',
              cancelled: 'cancelled',
            },
            ignoreCase: true,
            otherwise: { value: 'pending' },
          },
        ],
      },
      { source: 'order_date', target: 'order_date', type: type.moment, steps: [DATES] },
      { source: 'order_items', target: 'items', type: type.json, steps: [...ITEMS] },
    ],
  };
}

/** Their lines stand in the orders themselves. */
function orderItems(type: Types): TableMapping {
  const columns = ['order_item_id', 'order_id', 'line_number', 'product_id', 'quantity', 'unit_price'];
  return {
    source: 'order_items',
    target: 'order_items',
    skip: true,
    columns: columns.map((source) => ({ source, target: source, type: type.key })),
  };
}

function leftOut(source: string, type: Types): ColumnMapping {
  return { source, target: source, type: type.long, skip: true };
}
