// Personal data: what names and values are taken for, and what they must not be taken for.

import { describe, expect, test } from 'vitest';
import { maskingFor } from '../../src/engine/inspect/masking.ts';
import {
  isCard,
  isEmail,
  isIban,
  isIpAddress,
  isPhone,
  personalByName,
  personalByValues,
  personalMarks,
} from '../../src/engine/inspect/pii.ts';
import { compileStep } from '../../src/engine/pipeline/transforms/steps.ts';
import { personalKind } from '../../src/shared/model/column-profile.ts';
import type { LogicalType } from '../../src/shared/model/logical-type.ts';
import { apply } from './transforms-apply.ts';

const TEXT: LogicalType = { kind: 'text', length: null, fixed: false };
const BIGINT: LogicalType = { kind: 'integer', bits: 64, unsigned: false };
const DATE: LogicalType = { kind: 'date' };
const BOOLEAN: LogicalType = { kind: 'boolean' };

describe('by name', () => {
  test.each([
    ['email', 'e-mail address'],
    ['customer_email', 'e-mail address'],
    ['E-Mail', 'e-mail address'],
    ['contactEmailAddress', 'e-mail address'],
    ['MOBILE', 'telephone number'],
    ['phone_number', 'telephone number'],
    ['Telefonnummer', 'telephone number'],
    ['iban', 'bank account'],
    ['credit_card_number', 'payment card'],
    ['cc_number', 'payment card'],
    ['SSN', 'national identifier'],
    ['passport_no', 'national identifier'],
    ['codice_fiscale', 'national identifier'],
    ['first_name', 'name'],
    ['LastName', 'name'],
    ['LASTNAME', 'name'],
    ['Nachname', 'name'],
    ['prénom', 'name'],
    ['street', 'postal address'],
    ['billing_address', 'postal address'],
    ['PLZ', 'postal address'],
    ['code_postal', 'postal address'],
    ['last_login_ip', 'IP address'],
    ['ip', 'IP address'],
    ['password_hash', 'secret'],
    ['apiKey', 'secret'],
  ])('%s is %s', (column, kind) => {
    expect(personalByName(column, TEXT, 'things')).toBe(kind);
  });

  test.each([
    'id',
    'email_verified',
    'is_email_confirmed',
    'email_count',
    'emailTemplate',
    'name',
    'product_name',
    'filename',
    'hostname',
    'address_id',
    'ip_count',
    'zip_type',
    'description',
    'birthplace_id',
    'phone_type',
    'card_type',
    'scard',
    'skip',
    'clip',
    'shipping',
    'recipe',
    'telemetry',
    'bicycle',
    'finished',
    'title',
    'status',
    'mailing_id',
    'cell_id',
    'ssn_type',
    'passwordless_enabled',
    'surnames_count',
    'num_phones',
    'mobile_status',
    'street_id',
    'mail_server',
  ])('%s is nothing', (column) => {
    expect(personalByName(column, TEXT, 'things')).toBeNull();
  });

  test('a bare name is a person’s in a table of persons alone', () => {
    expect(personalByName('name', TEXT, 'customers')).toBe('name');
    expect(personalByName('Name', TEXT, 'app_users')).toBe('name');
    expect(personalByName('name', TEXT, 'products')).toBeNull();
    expect(personalByName('name', BIGINT, 'customers')).toBeNull();
  });

  test('the type has a word in it', () => {
    expect(personalByName('email', BOOLEAN, 't')).toBeNull();
    expect(personalByName('email', BIGINT, 't')).toBeNull();
    expect(personalByName('birthday', DATE, 't')).toBe('date of birth');
    expect(personalByName('phone', BIGINT, 't')).toBe('telephone number');
    expect(personalByName('first_name', DATE, 't')).toBeNull();
  });
});

describe('by value', () => {
  test.each(['a@b.co', 'first.last+tag@mail.example.com', "o'neill@x.ie", 'ä@bücher.de'])(
    '%s is an e-mail address',
    (value) => {
      expect(isEmail(value)).toBe(true);
    },
  );
  test.each(['a@b', '@b.co', 'a b@c.de', 'a@b..de', 'npm@1.2.3', 'me@host.1', 'a@@b.de', 'a@b.de, c@d.ef'])(
    '%s is none',
    (value) => {
      expect(isEmail(value)).toBe(false);
    },
  );

  test.each(['4111111111111111', '4111 1111 1111 1111', '5500-0000-0000-0004', '378282246310005', '3782 822463 10005'])(
    '%s is a card',
    (value) => {
      expect(isCard(value)).toBe(true);
    },
  );
  test.each([
    '4111111111111112',
    '0000000000000000',
    '1111111111111117',
    '4111',
    '20240131120000',
    '411111111111111111111111',
    '9780306406157',
    '1700000000000',
  ])('%s is no card', (value) => {
    expect(isCard(value)).toBe(false);
  });

  test.each(['DE89 3704 0044 0532 0130 00', 'GB82WEST12345698765432', 'NO9386011117947'])('%s is an IBAN', (value) => {
    expect(isIban(value)).toBe(true);
  });
  test.each(['DE89370400440532013001', 'XX00', 'GB82WEST1234569876543', 'AB12345678901234'])('%s is none', (value) => {
    expect(isIban(value)).toBe(false);
  });

  test.each(['10.0.0.1', '192.168.1.0/24', '::1', '2001:db8::8a2e:370:7334', 'fe80:0:0:0:0:0:0:1'])(
    '%s is an IP address',
    (value) => {
      expect(isIpAddress(value)).toBe(true);
    },
  );
  test.each(['1.2.3.4', '256.1.1.1', '1.2.3', '12:30', '12:30:45', 'beef', '1.0.0.0.1', '::', '10.04.0.1', 'a::b::c'])(
    '%s is none',
    (value) => {
      expect(isIpAddress(value)).toBe(false);
    },
  );

  test.each([
    '+1 555 123 4567',
    '+4512345678',
    '(555) 123-4567',
    '555-123-4567',
    '030 / 123 45 67',
    '+1 (555) 123-4567 x12',
    '0045 12 34 56 78',
  ])('%s is a telephone number', (value) => {
    expect(isPhone(value)).toBe(true);
  });
  test.each([
    '2024-01-31',
    '31/01/2024',
    '31.01.2024',
    '1234567',
    '12345678.90',
    '555',
    '10-20',
    'ABC-1234567',
    '2024-01-31 10:00',
    '1-2-3',
    '19.99',
    '12345-6789',
  ])('%s is none', (value) => {
    expect(isPhone(value)).toBe(false);
  });

  test('a share of the values decides, and few or equal values decide nothing', () => {
    const mails = Array.from({ length: 97 }, (_, i) => `u${i}@example.com`);
    expect(personalMarks('t', { name: 'contact', logical: TEXT }, [...mails, 'a', 'b', 'c'])).toEqual([
      { column: 'contact', kind: 'e-mail address', by: 'value', reason: 'by value: 97 % look like e-mail addresses' },
    ]);
    expect(personalByValues([...mails.slice(0, 10), ...Array.from({ length: 40 }, () => 'x')], TEXT)).toBeNull();
    expect(personalByValues(mails.slice(0, 4), TEXT)).toBeNull();
    expect(
      personalByValues(
        Array.from({ length: 50 }, () => 'info@example.com'),
        TEXT,
      ),
    ).toBeNull();
    expect(personalByValues([], TEXT)).toBeNull();
  });

  test('numbers are cards at most, and only where the check digits fit', () => {
    expect(
      personalByValues(
        Array.from({ length: 200 }, (_, i) => String(4_000_000_000_000_000n + BigInt(i))),
        BIGINT,
      ),
    ).toBeNull();
    expect(
      personalByValues(
        Array.from({ length: 200 }, (_, i) => String(5_551_234_567 + i)),
        BIGINT,
      ),
    ).toBeNull();
    const cards = ['4111111111111111', '5500000000000004', '340000000000009', '6011000000000004', '30000000000004'];
    expect(personalByValues(cards, BIGINT)).toEqual({ kind: 'payment card', share: 1 });
  });

  test('versions, dates and identifiers are nobody’s', () => {
    const many = (make: (i: number) => string) => Array.from({ length: 100 }, (_, i) => make(i));
    for (const make of [
      (i: number) => `1.${i % 10}.3.${i % 7}`,
      (i: number) => `2024-01-${String((i % 28) + 1).padStart(2, '0')}`,
      (i: number) => `ORD-${1_000_000 + i}`,
      (i: number) => String(20_240_000_000 + i),
      (i: number) => `${i}:30:00`,
      (i: number) => `${i}f9619ff-8b86-d011-b42d-00c04fc964ff`,
    ]) {
      expect(personalByValues(many(make), TEXT)).toBeNull();
    }
  });
});

describe('masking', () => {
  test('every kind has steps that the catalogue compiles', () => {
    for (const kind of personalKind.options) {
      for (const logical of [TEXT, BIGINT, DATE, { kind: 'timestamp', precision: 6, zone: false } as const]) {
        for (const { steps } of maskingFor(kind, logical, false)) {
          for (const step of steps)
            expect(() => compileStep(step, { secret: () => 'pepper', lookup: () => () => undefined })).not.toThrow();
        }
      }
    }
  });

  test('a column that must stay unique is offered nothing that makes values equal', () => {
    expect(maskingFor('e-mail address', TEXT, true).map(({ steps }) => steps)).toEqual([
      [{ do: 'mask', kind: 'email', salt: 'masking' }],
    ]);
    expect(maskingFor('e-mail address', TEXT, false)[0]!.steps).toEqual([{ do: 'mask', kind: 'email' }]);
  });

  test('a date of birth keeps its year and stays a date', () => {
    const [suggestion] = maskingFor('date of birth', DATE, false);
    expect(apply(suggestion!.steps, '1815-12-10')).toBe('1815-01-01');
    const [instant] = maskingFor('date of birth', { kind: 'timestamp', precision: 0, zone: false }, false);
    expect(apply(instant!.steps, '1815-12-10 10:00:00')).toMatch(/^1815-01-01/);
  });

  test('an IPv4 address loses its last part', () => {
    const [suggestion] = maskingFor('IP address', TEXT, false);
    expect(apply(suggestion!.steps, '192.168.7.31/24')).toBe('192.168.7.0/24');
    expect(apply(suggestion!.steps, '::1')).toBe('::1');
  });

  test('a number that is masked becomes text, and it says so', () => {
    expect(maskingFor('telephone number', BIGINT, false)[0]!.note).toBe('The column becomes text in the target.');
  });
});
