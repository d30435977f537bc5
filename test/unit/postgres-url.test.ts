// PostgreSQL URLs there and back, and the password file.

import { describe, expect, test } from 'vitest';
import { passwordFrom } from '../../src/engine/dialects/postgres/url/password-file.ts';
import { url } from '../../src/engine/dialects/postgres/url.ts';
import { DroverError } from '../../src/shared/errors.ts';
import type { PostgresConnection } from '../../src/shared/model/connection.ts';

const SIMPLE: PostgresConnection = {
  family: 'postgres',
  host: 'db.example',
  port: 5432,
  user: 'ann',
  database: 'shop',
  schema: 'public',
  tls: { mode: 'prefer' },
  connectTimeout: 10,
};

describe('parse', () => {
  test('fills in what the URL leaves out', () => {
    expect(url.parse('postgres://ann@db.example/shop')).toEqual({ connection: SIMPLE, password: null });
  });

  test('takes every part', () => {
    const text =
      'postgresql://a%40b:p%3Aw@[::1]:6000/my%20db?schema=App&sslmode=verify-full&sslrootcert=/ca.pem&connect_timeout=3';
    expect(url.parse(text)).toEqual({
      connection: {
        family: 'postgres',
        host: '::1',
        port: 6000,
        user: 'a@b',
        database: 'my db',
        schema: 'App',
        tls: { mode: 'verify-full', ca: '/ca.pem' },
        connectTimeout: 3,
      },
      password: 'p:w',
    });
  });

  test.each([
    ['postgres://ann@/shop', 'localhost'],
    ['postgres://ann:pw@:5432/shop', 'localhost'],
    ['postgres://ann@/shop?host=/tmp', '/tmp'],
  ])('finds the host of %s', (text, host) => {
    expect(url.parse(text).connection).toMatchObject({ host, user: 'ann', database: 'shop' });
  });

  test('names the database after the user when there is none', () => {
    expect(url.parse('postgres://ann@h').connection).toMatchObject({ database: 'ann' });
  });

  test.each([
    'postgres://h/db',
    'postgres://ann@h:99999/db',
    'postgres://ann@h/db?sslmode=sometimes',
    'postgres://ann@h/db?connect_timeout=0',
    'postgres://ann@h/db?colour=red',
    'postgres://ann@h/a/b',
    'postgres://ann:%zz@h/db',
    'postgres://ann@h/db?schema=',
  ])('refuses %s', (text) => {
    expect(() => url.parse(text)).toThrow(DroverError);
  });

  test('never repeats a password', () => {
    expect(() => url.parse('postgres://ann:hunter2@h:99999/db')).toThrow(/^(?!.*hunter2)/);
  });
});

describe('format', () => {
  test.each([
    'postgres://ann@db.example:5432/shop?schema=public',
    'postgres://a%40b@[::1]:6000/my%20db?schema=App&sslmode=verify-ca&sslrootcert=%2Fca.pem&connect_timeout=3',
    'postgres://ann@localhost:5432/shop?host=%2Ftmp&schema=public',
  ])('gives %s back', (text) => {
    expect(url.format(url.parse(text).connection)).toBe(text);
  });

  test('leaves the password out', () => {
    expect(url.format(url.parse('postgres://ann:hunter2@h/db').connection)).not.toContain('hunter2');
  });
});

describe('passwordFrom', () => {
  test.each([
    ['db.example:5432:shop:ann:secret', 'secret'],
    ['other:5432:shop:ann:no\n*:*:*:ann:yes', 'yes'],
    ['# comment\n*:*:*:*:any', 'any'],
    ['*:*:*:*:with\\:colon\\\\', 'with:colon\\'],
    ['*:*:*:*:more:colons', 'more:colons'],
    ['\\*:*:*:*:literal star', null],
    ['db.example:5432:shop:bob:no', null],
    ['too:few:fields', null],
    ['', null],
  ])('reads %j', (text, password) => {
    expect(passwordFrom(text, SIMPLE)).toBe(password);
  });

  test('calls a socket localhost', () => {
    expect(passwordFrom('localhost:*:*:*:s', { ...SIMPLE, host: '/var/run' })).toBe('s');
  });
});

test('PGPASSWORD goes before the file', () => {
  expect(url.ambientPassword(SIMPLE, { PGPASSWORD: 'p', PGPASSFILE: '/does/not/exist' })).toBe('p');
  expect(url.ambientPassword(SIMPLE, { PGPASSFILE: '/does/not/exist', PGSERVICEFILE: '/neither' })).toBeNull();
});
