// An account of MariaDB that was locked: who is refused is told so, and what to do.

import { expect, test } from 'vitest';
import { open } from '../../src/engine/dialects/mysql/connection.ts';
import { mysql } from '../../src/engine/dialects/mysql/index.ts';
import { asDroverError } from '../../src/engine/support/failure.ts';
import { freshDatabase } from '../support/database.ts';
import { accessTo } from './contestant.ts';

test('is told apart from a server that is not there', async () => {
  const database = await freshDatabase('mariadb');
  const user = `locked_${process.pid}`;
  await database.run(`CREATE USER ${user} IDENTIFIED BY 'secret' ACCOUNT LOCK`);
  try {
    const url = new URL(database.url);
    url.username = user;
    const access = accessTo(mysql, { url: url.href, password: 'secret' });
    const error = await open(access, 'source').catch((thrown: unknown) => asDroverError(thrown).data);
    expect(error).toMatchObject({
      code: 'connect.no-privilege',
      message: expect.stringContaining(user),
      hint: expect.stringContaining('ACCOUNT UNLOCK'),
    });
  } finally {
    await database.run(`DROP USER ${user}`);
    await database.drop();
  }
});
