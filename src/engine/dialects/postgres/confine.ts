// Confinement: SQL of the user's runs in a transaction that reads only and leaves nothing behind.

import type pg from 'pg';

/**
 * Begins one; what it gives back ends it. Whatever is set meanwhile goes back with it, `settings` and the session's own
 * wish to read only among them: a SELECT may call set_config(). Within a snapshot it is a part of its transaction.
 */
export async function confine(client: pg.Client, settings = ''): Promise<() => Promise<void>> {
  const [begin, end] =
    client.getTransactionStatus() === 'I'
      ? ['BEGIN READ ONLY', 'ROLLBACK']
      : ['SAVEPOINT confined', 'ROLLBACK TO SAVEPOINT confined'];
  await client.query(`${begin}; ${settings}`);
  return async () => {
    // On a connection that was lost there is nothing to end.
    await client.query(end).catch(() => undefined);
  };
}

export async function confined<T>(client: pg.Client, work: () => Promise<T>, settings?: string): Promise<T> {
  const end = await confine(client, settings);
  try {
    return await work();
  } finally {
    await end();
  }
}
