// MySQL URLs, and passwords from option files.

import { describe, expect, test } from 'vitest';
import { open } from '../../src/engine/dialects/mysql/connection.ts';
import { passwordFrom } from '../../src/engine/dialects/mysql/url/option-file.ts';
import { url } from '../../src/engine/dialects/mysql/url.ts';

describe('parse', () => {
  test('reads every part and keeps the password apart', () => {
    const { connection, password } = url.parse(
      'mariadb://a%40b:p%2Fw@[::1]:3307/my%2Fdb?ssl-mode=verify-identity&ssl-ca=/ca.pem&connect_timeout=3',
    );
    expect(password).toBe('p/w');
    expect(connection).toEqual({
      family: 'mysql',
      host: '::1',
      port: 3307,
      user: 'a@b',
      database: 'my/db',
      tls: { mode: 'verify-full', ca: '/ca.pem' },
      connectTimeout: 3,
    });
    expect(url.parse(url.format(connection))).toEqual({ connection, password: null });
  });

  test('has defaults', () => {
    const { connection, password } = url.parse('mysql://root@db/shop');
    expect(password).toBeNull();
    expect(connection).toMatchObject({ host: 'db', port: 3306, tls: { mode: 'prefer' }, connectTimeout: 10 });
  });

  test.each([
    'mysql://db/shop',
    'mysql://root@db/a/b',
    'mysql://root@db/shop?sslmode=require',
    'mysql://root@db/shop?ssl-mode=maybe',
    'mysql://root@db/shop?ssl-mode=constructor',
    'mysql://root@db/shop?connect_timeout=0',
  ])('refuses %s', (text) => {
    expect(() => url.parse(text)).toThrowError(expect.objectContaining({ code: 'connect.bad-url' }));
  });

  test('never repeats the password of a URL it refuses', () => {
    expect(() => url.parse('mysql://root:hunter2@db/shop?x=1')).toThrowError(/^(?!.*hunter2)/);
  });
});

test('a server without a database can be named, but not opened', async () => {
  const { connection } = url.parse('mysql://root@db');
  expect(url.format(connection)).toBe('mysql://root@db:3306/');
  await expect(open({ connection, password: null }, 'source')).rejects.toMatchObject({
    code: 'connect.no-such-database',
  });
});

describe('passwordFrom', () => {
  test.each([
    ['[client]\npassword=secret\n', 'secret'],
    ['[mysqld]\npassword=no\n[client]\nuser=x\npassword = "a # b"\n', 'a # b'],
    ['[client]\npassword=secret # note\n', 'secret'],
    ['[mysqldump]\npassword=no\n', null],
    ['', null],
  ])('of %j is %j', (text, password) => expect(passwordFrom(text)).toBe(password));
});
