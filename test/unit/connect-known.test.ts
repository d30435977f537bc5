// Connections in the clients' own files: found, named, and without their passwords.

import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { urlForms } from '../../src/engine/dialects/index.ts';
import { engineCalls } from '../../src/shared/contract.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'drover-test-home-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function write(name: string, text: string): string {
  writeFileSync(join(home, name), text, { mode: 0o600 });
  return join(home, name);
}

function known(family: 'postgres' | 'mysql' | 'sqlite', environment: NodeJS.ProcessEnv = {}) {
  const found = urlForms[family].knownConnections({ HOME: home, USER: 'me', ...environment });
  expect(engineCalls['connect.known'].output.parse(found)).toEqual(found);
  expect(JSON.stringify(found)).not.toContain('hunter2');
  return found;
}

/** The password that Drover would use for what it found. */
function passwordFor(family: 'postgres' | 'mysql', url: string): string | null {
  const form = urlForms[family];
  return form.ambientPassword(form.parse(url).connection, { HOME: home, USER: 'me' });
}

describe('.pgpass', () => {
  test('is listed where it names a database or a user', () => {
    const from = write(
      '.pgpass',
      '# note\ndb.example:6000:shop:ann:hunter2\n*:*:shop:*:hunter2\n*:*:*:bob:hunter2\n*:*:*:*:hunter2\nodd\\:host:*:a\\\\b:ann:hunter2',
    );
    expect(known('postgres')).toEqual([
      {
        name: 'shop on db.example',
        url: 'postgres://ann@db.example:6000/shop?schema=public',
        from,
        passwordFrom: from,
      },
      { name: 'shop on localhost', url: 'postgres://me@localhost:5432/shop?schema=public', from, passwordFrom: from },
      { name: 'bob on localhost', url: 'postgres://bob@localhost:5432/bob?schema=public', from, passwordFrom: from },
      expect.objectContaining({ name: 'a\\b on odd:host' }),
    ]);
    expect(passwordFor('postgres', 'postgres://ann@db.example:6000/shop')).toBe('hunter2');
  });

  test('stands where PGPASSFILE says', () => {
    const from = write('elsewhere', 'h:1:d:u:hunter2');
    expect(known('postgres', { PGPASSFILE: from })).toMatchObject([{ name: 'd on h', from }]);
  });

  test('is not used when others may read it, as libpq does', () => {
    chmodSync(write('.pgpass', 'h:1:d:u:hunter2'), 0o644);
    expect(known('postgres')).toEqual([]);
  });
});

describe('.pg_service.conf', () => {
  const FILE = `# services
[shop]
host=db.example
port=6000
user=ann
dbname=shop
password=hunter2
sslmode=verify-full
sslrootcert=/ca.pem
connect_timeout=3
options=-csearch_path=sales,public

[bare]
[odd]
port=none
`;

  test('gives each service under its name', () => {
    const from = write('.pg_service.conf', FILE);
    const [shop, bare, ...rest] = known('postgres');
    expect(shop).toEqual({
      name: 'shop',
      url: 'postgres://ann@db.example:6000/shop?schema=sales&sslmode=verify-full&sslrootcert=%2Fca.pem&connect_timeout=3',
      from,
      passwordFrom: from,
    });
    expect(bare).toMatchObject({
      name: 'bare',
      url: 'postgres://me@localhost:5432/me?schema=public',
      passwordFrom: null,
    });
    expect(rest).toEqual([]);
    expect(passwordFor('postgres', shop!.url)).toBe('hunter2');
    expect(passwordFor('postgres', 'postgres://ann@db.example:6000/other')).toBeNull();
  });

  test('shares addresses and passwords with .pgpass', () => {
    const from = write('.pg_service.conf', '[shop]\nhost=h\ndbname=d\nuser=u\n');
    const passwordFrom = write('.pgpass', 'h:*:d:u:hunter2');
    expect(known('postgres')).toEqual([expect.objectContaining({ name: 'shop', from, passwordFrom })]);
  });

  test('stands where PGSERVICEFILE says', () => {
    const from = write('elsewhere', '[shop]\nhost=h\n');
    expect(known('postgres', { PGSERVICEFILE: from })).toMatchObject([{ name: 'shop', from }]);
  });
});

describe('.my.cnf', () => {
  const FILE = `[mysqld]
user=mysql
[client]
user = ann
password = "hunter2 # all"
host=db.example
ssl_mode=VERIFY_CA
ssl-ca=/ca.pem
[mysql]
database=shop
no-auto-rehash
[client-prod]
host=prod.example
port=3307
user=reader
password=hunter2\\sprod
[client-bare]
host=localhost
socket=/run/my.sock
[client_backup]
host=backup.example
`;

  test('gives the standard connection and one for each suffix', () => {
    const from = write('.my.cnf', FILE);
    const tls = 'ssl-mode=verify-ca&ssl-ca=%2Fca.pem';
    expect(known('mysql')).toEqual([
      { name: 'shop on db.example', url: `mysql://ann@db.example:3306/shop?${tls}`, from, passwordFrom: from },
      { name: 'prod', url: `mysql://reader@prod.example:3307/shop?${tls}`, from, passwordFrom: from },
      { name: 'bare', url: `mysql://ann@localhost:3306/shop?socket=%2Frun%2Fmy.sock&${tls}`, from, passwordFrom: from },
      { name: 'backup', url: `mysql://ann@backup.example:3306/shop?${tls}`, from, passwordFrom: from },
    ]);
  });

  test('finds the password of the login, else the one for all clients', () => {
    write('.my.cnf', FILE);
    expect(passwordFor('mysql', 'mysql://reader@prod.example:3307/any')).toBe('hunter2 prod');
    expect(passwordFor('mysql', 'mysql://ann@db.example/shop')).toBe('hunter2 # all');
    expect(passwordFor('mysql', 'mysql://else@where/shop')).toBe('hunter2 # all');
  });

  test('needs more than a password', () => {
    write('.my.cnf', '[client]\npassword=hunter2\n');
    expect(known('mysql')).toEqual([]);
  });

  test('may leave the database to the person', () => {
    write('.my.cnf', '[client]\nuser=ann\npassword=hunter2\n');
    const [only] = known('mysql');
    expect(only).toMatchObject({ name: 'ann on localhost', url: 'mysql://ann@localhost:3306/' });
    expect(urlForms.mysql.parse(only!.url).connection).toMatchObject({ database: '' });
  });
});

describe.each(['postgres', 'mysql', 'sqlite'] as const)('%s', (family) => {
  const files = ['.pgpass', '.pg_service.conf', '.my.cnf'];

  test('knows nothing where there are no files', () => {
    expect(known(family)).toEqual([]);
  });

  test('knows nothing where files are folders or rubbish', () => {
    for (const file of files) mkdirSync(join(home, file));
    expect(known(family)).toEqual([]);
    for (const file of files) {
      rmSync(join(home, file), { recursive: true });
      write(file, '\0\xff[[[\n]=\n[x\n:::\n=');
    }
    expect(known(family)).toEqual([]);
  });
});
