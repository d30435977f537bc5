// Whatever is thrown becomes an error that says what to do.

import { expect, test } from 'vitest';
import { statementError } from '../../src/engine/dialects/mysql/errors.ts';
import { asDroverError } from '../../src/engine/support/failure.ts';

test.each([
  ['a file', 'ENOSPC', 'ENOSPC: no space left on device, write'],
  ['the history of runs', 'SQLITE_FULL', 'database or disk is full'],
])('a local disk too full for %s is called one', (_, code, message) => {
  const { data } = asDroverError(Object.assign(new Error(message), { code }));
  expect(data).toMatchObject({ code: 'support.disk-full', where: { side: 'local' } });
  expect(data.hint).toMatch(/space/);
});

test('a history that can’t be written is told as such, without the statement and its values', () => {
  const message =
    "insert into `runs` (`project_file`) values ('secret - of mine') - attempt to write a readonly database";
  const { data } = asDroverError(Object.assign(new Error(message), { code: 'SQLITE_READONLY' }));
  expect(data).toMatchObject({ code: 'support.unwritable', cause: 'attempt to write a readonly database' });
  const folder = asDroverError(Object.assign(new Error("EACCES: permission denied, mkdir '/x'"), { code: 'EACCES' }));
  expect(folder.code).toBe('support.unwritable');
});

test.each([
  [3, `Error writing file './ddl_recovery.log' (Errcode: 28 "No space left on device")`],
  [1005, `Can't create table \`a\`.\`b\` (errno: 28 "No space left on device")`],
  [1006, `Can't create database 'drover_x' (errno: 28 "No space left on device")`],
  [1030, 'Got error 28 "No space left on device" from storage engine InnoDB'],
  [1114, "The table 'things' is full"],
])('error %i of MariaDB on a full disk is told as such', (errno, message) => {
  const thrown = Object.assign(new Error(message), { errno, sqlState: 'HY000' });
  expect(statementError(thrown, { what: 'It failed', code: 'index.failed' }).code).toBe('support.disk-full');
});
