// known_hosts: which keys a host is known by.

import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { fingerprintOf } from '../../src/engine/connect/host-key.ts';
import { keysIn } from '../../src/engine/connect/known-hosts.ts';

const A = 'AAAAC3NzaC1lZDI1NTE5AAAAIIBTVtvGIAEmNzF4gOvR6vQmzJUZXJUb1Rvvj7vXGHmA';
const B = 'AAAAC3NzaC1lZDI1NTE5AAAAIKzzPYHCW0FZZ8Ik1WWOGyzQDd4D2sPHgYEMPpoW5oTe';
const blobs = (text: string, host: string, port = 22) =>
  keysIn(text, { host, port }).map(({ blob }) => blob.toString('base64'));

function hashed(name: string): string {
  const salt = Buffer.from('0123456789abcdefghij');
  return `|1|${salt.toString('base64')}|${createHmac('sha1', salt).update(name).digest('base64')}`;
}

describe('keysIn', () => {
  test.each<[string, string, number, readonly string[]]>([
    [`db.example ssh-ed25519 ${A}`, 'db.example', 22, [A]],
    [`db.example,10.0.0.1 ssh-ed25519 ${A} a comment`, '10.0.0.1', 22, [A]],
    [`DB.example ssh-ed25519 ${A}`, 'db.EXAMPLE', 22, [A]],
    [`*.example,!old.example ssh-ed25519 ${A}`, 'new.example', 22, [A]],
    [`*.example,!old.example ssh-ed25519 ${A}`, 'old.example', 22, []],
    [`d?.example ssh-ed25519 ${A}`, 'db.example', 22, [A]],
    [`d.b ssh-ed25519 ${A}`, 'dxb', 22, []],
    [`${hashed('db.example')} ssh-ed25519 ${A}`, 'db.example', 22, [A]],
    [`${hashed('db.example')} ssh-ed25519 ${A}`, 'other.example', 22, []],
    [`${hashed('[db.example]:2222')} ssh-ed25519 ${A}`, 'db.example', 2222, [A]],
    [`[db.example]:2222 ssh-ed25519 ${A}`, 'db.example', 2222, [A]],
    [`[db.example]:2222 ssh-ed25519 ${A}`, 'db.example', 22, []],
    [`db.example ssh-ed25519 ${A}\n[db.example]:2222 ssh-ed25519 ${B}`, 'db.example', 2222, [B]],
    [`db.example ssh-ed25519 ${A}`, 'db.example', 2222, [A]],
    [`# db.example ssh-ed25519 ${A}`, 'db.example', 22, []],
    [`@cert-authority *.example ssh-ed25519 ${A}`, 'db.example', 22, []],
    ['db.example ssh-ed25519', 'db.example', 22, []],
    [`|1|broken ssh-ed25519 ${A}`, 'db.example', 22, []],
    ['', 'db.example', 22, []],
  ])('%s knows %s:%d by %j', (text, host, port, expected) => {
    expect(blobs(text, host, port)).toEqual(expected);
  });

  test('tells what is revoked', () => {
    expect(keysIn(`@revoked db ssh-ed25519 ${A}`, { host: 'db', port: 22 })).toMatchObject([{ revoked: true }]);
  });
});

test('a fingerprint is what ssh-keygen prints', () => {
  expect(fingerprintOf(Buffer.from(A, 'base64'))).toBe('SHA256:5OY6MDQc+ADACewKTPa1DXjII+pch2Bu085uoVnsnhA');
});
