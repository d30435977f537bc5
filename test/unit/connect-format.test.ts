// What a form asks while a person fills it in: from a URL to its parts and back, on every family.

import { describe, expect, test } from 'vitest';
import { connectingCalls } from '../../src/engine/connecting.ts';
import { loadDialect, urlForms } from '../../src/engine/dialects/index.ts';
import { type Connection, tlsMode } from '../../src/shared/model/connection.ts';

const environment = { HOME: '/does/not/exist' };
const calls = connectingCalls({ forms: urlForms, load: loadDialect }, () => Promise.reject(new Error('opened')), {
  environment,
});
const network = { port: 1234, user: 'ann', database: 'shop', tls: { mode: 'prefer' }, connectTimeout: 10 } as const;
const ssh = { host: 'bastion', port: 2222, user: 'me', key: '/k', hostKey: `SHA256:${'A+'.repeat(21)}B` };

const odd = [
  { host: '::1' },
  { host: 'db_1.example' },
  { user: 'a@b:c/d?e#f%g h' },
  { database: 'my shop/ä?#%&=+' },
  { tls: { mode: 'verify-full', ca: '/etc/c a/&ca.pem' } },
  { connectTimeout: 2.5 },
  { ssh },
  { ssh: { host: '::1', port: 22, user: 'me' } },
] as const;

const connections: readonly Connection[] = [
  ...odd.flatMap((part): Connection[] => [
    { family: 'postgres', host: 'db', schema: 'public', ...network, ...part },
    { family: 'mysql', host: 'db', ...network, ...part },
  ]),
  ...tlsMode.options.flatMap((mode): Connection[] => [
    { family: 'postgres', host: 'db', schema: 'public', ...network, tls: { mode } },
    { family: 'mysql', host: 'db', ...network, tls: { mode } },
  ]),
  { family: 'postgres', host: '/var/run/x y', schema: 'Ä &=', ...network },
  { family: 'mysql', host: '/var/run/x y.sock', ...network },
  { family: 'mysql', host: 'db', ...network, database: '' },
  { family: 'sqlite', path: '/data/my shop%20#1?.db' },
];

describe('connect.format and connect.parse', () => {
  test.each(connections.map((connection) => [connection] as const))('%j', async (connection) => {
    const { url } = await calls['connect.format']({ connection });
    const parsed = await calls['connect.parse']({ url });
    expect(parsed.connection).toEqual(connection);
    expect(parsed).toMatchObject({ url, hasPassword: false, asksPassword: connection.family !== 'sqlite' });
  });
});

test.each(['postgres://ann:hunter2@db/shop', 'mysql://ann:hunter2@db/shop'])(
  '%s: the password stays out',
  async (url) => {
    const parsed = await calls['connect.parse']({ url });
    expect(parsed.hasPassword).toBe(true);
    expect(JSON.stringify(parsed)).not.toContain('hunter2');
  },
);
