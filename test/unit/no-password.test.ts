// A password that is not there is not called wrong.

import { expect, test } from 'vitest';
import { asMissingPassword } from '../../src/host/no-password.ts';
import { DroverError } from '../../src/shared/errors.ts';

const target = { url: 'mysql://me@db:3306/shop', password: null };
const source = { url: 'postgres://you@there:5432/shop', password: null };

function refused(message: string, cause: string, side?: 'source' | 'target'): DroverError {
  return new DroverError('connect.wrong-password', message, { cause, where: side ? { side } : {} });
}

test('a server that was given none says so in its own words', () => {
  const mysql = refused('db refused the user me.', "Access denied for user 'me' (using password: NO)", 'target');
  expect(asMissingPassword(mysql, { source, target }, 'screens').message).toBe(
    'Drover has no password for me at db:3306.',
  );
  const postgres = refused('PostgreSQL asks for the password of you, and none was given.', 'SASL');
  expect(asMissingPassword(postgres, source, 'screens').message).toBe('Drover has no password for you at there:5432.');
  expect(asMissingPassword(postgres, { endpoint: source, side: 'source' }, 'screens').code).toBe(
    'connect.wrong-password',
  );
  // Advice is for where it is read.
  expect(asMissingPassword(mysql, target, 'screens').data.hint).toBe('Type it in Connect.');
  expect(asMissingPassword(mysql, target, 'command line').data.hint).toContain('DROVER_TARGET_PASSWORD');
});

test('a password that was refused stays a wrong one, and other errors stay', () => {
  const wrong = refused('db refused the user me.', "Access denied for user 'me' (using password: YES)");
  expect(asMissingPassword(wrong, target, 'screens')).toBe(wrong);
  const other = new DroverError('connect.unreachable', 'Nobody there.');
  expect(asMissingPassword(other, target, 'screens')).toBe(other);
});
