// The SSH host in a URL: there and back, on both families that have one; and whether two ways lead to one database.

import { describe, expect, test } from 'vitest';
import { isSameDatabase } from '../../src/engine/connect/endpoint.ts';
import { urlForms } from '../../src/engine/dialects/index.ts';
import { isSshUrl, sshUrl } from '../../src/shared/ssh.ts';

const PRINT = `SHA256:${'ab+/'.repeat(10)}xyz`;
const forms = [
  ['postgres', 'postgres://ann@db.internal:5432/shop?schema=public'],
  ['mysql', 'mysql://ann@db.internal:3306/shop?connect_timeout=7'],
] as const;

describe.each(forms)('%s', (family, base) => {
  const form = urlForms[family];
  const sshOf = (parameters: string) => {
    const { connection } = form.parse(`${base}&${parameters}`);
    return connection.family === 'sqlite' ? undefined : connection.ssh;
  };

  test.each<[string, object]>([
    ['ssh=me@bastion', { user: 'me', host: 'bastion', port: 22 }],
    ['ssh=me@bastion.example:2222', { user: 'me', host: 'bastion.example', port: 2222 }],
    ['ssh=me%40corp@bastion:2222', { user: 'me@corp', host: 'bastion', port: 2222 }],
    ['ssh=me@[fe80::1]:2222', { user: 'me', host: 'fe80::1', port: 2222 }],
    [
      'ssh=me@bastion&ssh-key=~/.ssh/id+one%20%26%20two',
      { user: 'me', host: 'bastion', port: 22, key: '~/.ssh/id one & two' },
    ],
    [`ssh=me@bastion&ssh-host-key=${PRINT}`, { user: 'me', host: 'bastion', port: 22, hostKey: PRINT }],
    [
      `ssh=me@bastion&ssh-host-key=${encodeURIComponent(PRINT)}=`,
      { user: 'me', host: 'bastion', port: 22, hostKey: PRINT },
    ],
  ])('%s, there and back', (parameters, expected) => {
    expect(sshOf(parameters)).toEqual(expected);
    const { connection } = form.parse(`${base}&${parameters}`);
    expect(form.parse(form.format(connection)).connection).toEqual(connection);
  });

  test('stays easy to read', () => {
    expect(form.format(form.parse(`${base}&ssh=me@bastion`).connection)).toBe(`${base}&ssh=me@bastion:22`);
  });

  test.each([
    'ssh=bastion',
    'ssh=me@',
    'ssh=',
    'ssh=me@bastion:0',
    'ssh=me@bastion:70000',
    'ssh=me@bastion:x',
    'ssh=me:hunter2@bastion',
    'ssh-key=/k',
    'ssh-host-key=SHA256:x',
    'ssh=me@bastion&ssh-host-key=MD5:aa',
  ])('refuses %s', (parameters) => {
    expect(() => sshOf(parameters)).toThrowError(expect.objectContaining({ code: 'connect.bad-url' }));
    expect(() => sshOf(parameters)).toThrowError(/^(?!.*hunter2)/);
  });
});

test('a socket is not reached through SSH', () => {
  expect(() => urlForms.postgres.parse('postgres://a@localhost/b?host=/tmp&ssh=me@bastion')).toThrowError(/socket/);
  expect(() => urlForms.mysql.parse('mysql://a@localhost/b?socket=/tmp/s&ssh=me@bastion')).toThrowError(/socket/);
});

test.each([
  ['mysql://a@db/s', 'mysql://b@db/s?ssh=me@bastion', true],
  ['mysql://a@localhost/s', 'mysql://a@localhost/s?ssh=me@bastion', false],
  ['mysql://a@bastion/s', 'mysql://a@localhost/s?ssh=me@bastion', true],
  ['mysql://a@127.0.0.1/s?ssh=me@one', 'mysql://a@localhost/s?ssh=me@two', false],
  ['mysql://a@127.0.0.1/s', 'mysql://a@localhost/s?ssh=me@localhost', true],
])('%s and %s are the same database: %s', (a, b, same) => {
  expect(isSameDatabase(urlForms.mysql.parse(a).connection, urlForms.mysql.parse(b).connection)).toBe(same);
});

test.each([
  [{ user: 'me', host: 'bastion', port: 22 }, 'ssh://me@bastion:22'],
  [{ user: 'me@corp', host: '::1', port: 2222 }, 'ssh://me%40corp@[::1]:2222'],
])('the address of %j is %s', (ssh, url) => {
  expect(sshUrl(ssh)).toBe(url);
  expect(isSshUrl(url)).toBe(true);
});

test.each(['ssh://me:hunter2@bastion:22', 'ssh://bastion:22', 'ssh://me@bastion', 'postgres://me@bastion:22'])(
  '%s is not such an address',
  (url) => expect(isSshUrl(url)).toBe(false),
);
