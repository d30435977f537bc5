// Certificates of servers: whom they are checked against, and what is said when they are not accepted.

import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { certificateCause } from '../../src/engine/dialects/authorities.ts';
import { postgres } from '../../src/engine/dialects/postgres/index.ts';
import type { PostgresConnection } from '../../src/shared/model/connection.ts';

const fixture = (name: string) => new URL(`../support/certificates/${name}`, import.meta.url).pathname;

/** Offers TLS as PostgreSQL does, with a certificate for localhost, and hangs up behind it. */
let server: Server;
let port: number;
const sockets = new Set<Socket>();

beforeAll(async () => {
  server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('data', () => {
      socket.write('S');
      const secure = new TLSSocket(socket, {
        isServer: true,
        cert: readFileSync(fixture('server.pem')),
        key: readFileSync(fixture('server.key')),
      });
      secure.on('error', () => undefined);
      secure.on('secure', () => secure.destroy());
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  port = (server.address() as AddressInfo).port;
});
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  await new Promise((closed) => server.close(closed));
});

/** What connecting says; the server itself lets nobody in. */
async function said(host: string, tls: PostgresConnection['tls']) {
  const connection: PostgresConnection = {
    ...{ family: 'postgres', host, port, user: 'ann', database: 'shop', schema: 'public', connectTimeout: 5 },
    tls,
  };
  const access = { connection, password: null, via: { host: '127.0.0.1', port } };
  const error = await postgres.connect(access, { role: 'source' }).then(
    () => null,
    (thrown) => thrown.data,
  );
  return error as { code: string; message: string; cause: string; hint: string };
}

test('a certificate of the authority that was given is taken', async () => {
  for (const mode of ['verify-ca', 'verify-full'] as const) {
    expect(await said('localhost', { mode, ca: fixture('ca.pem') })).toMatchObject({ code: 'connect.unreachable' });
  }
});

test('one of an authority that nobody knows is not, and nobody is told how to start Node', async () => {
  const error = await said('localhost', { mode: 'verify-full', ca: 'system' });
  expect(error).toMatchObject({ code: 'connect.tls-not-trusted', cause: 'unable to verify the first certificate' });
});

test('one for another host is told from one that is not trusted', async () => {
  const error = await said('elsewhere.example', { mode: 'verify-full', ca: fixture('ca.pem') });
  expect(error).toMatchObject({ code: 'connect.tls-wrong-host', hint: expect.stringContaining('verify-ca') });
  expect(await said('elsewhere.example', { mode: 'verify-ca', ca: fixture('ca.pem') })).toMatchObject({
    code: 'connect.unreachable',
  });
});

test('a file without a certificate, or none at all, is told as what it is', async () => {
  const noCertificate = join(tmpdir(), `drover-test-${process.pid}.pem`);
  writeFileSync(noCertificate, readFileSync(fixture('server.key')));
  try {
    const error = await said('localhost', { mode: 'verify-ca', ca: noCertificate });
    expect(error).toMatchObject({ code: 'connect.tls-not-trusted', cause: 'It holds no certificate in PEM form.' });
  } finally {
    rmSync(noCertificate);
  }
  const missing = await said('localhost', { mode: 'verify-ca', ca: '/no/such.pem' });
  expect(missing.cause).toContain('no such file');
});

// Elsewhere the system keeps them where no test may put one.
test.skipIf(process.platform !== 'linux')('without a file the machine’s own authorities count, not only Node’s', () => {
  const module = new URL('../../src/engine/dialects/authorities.ts', import.meta.url).href;
  // Node reads them once in a process.
  const { stdout } = spawnSync(
    process.execPath,
    ['-e', `import('${module}').then((it) => console.log(JSON.stringify(it.machineAuthorities())))`],
    { encoding: 'utf8', env: { ...process.env, SSL_CERT_FILE: fixture('ca.pem') } },
  );
  const known = (JSON.parse(stdout) as string[]).map((text) => text.trim());
  expect(known).toContain(readFileSync(fixture('ca.pem'), 'utf8').trim());
  expect(known.length).toBeGreaterThan(1);
});

test('of a cause only what concerns the server is left', () => {
  expect(certificateCause("IP: 127.0.0.1 is not in the cert's list: ")).toBe("IP: 127.0.0.1 is not in the cert's list");
  expect(certificateCause('self-signed certificate')).toBe('self-signed certificate');
});
