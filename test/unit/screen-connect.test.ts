// What the screen Connect knows by itself: the form and its connection, the password in a pasted URL, paths and addresses.

import { describe, expect, it } from 'vitest';
import { connectionOf, emptyForm, fingerprintIn, formOf, tunnelOf } from '../../src/renderer/features/connect/form.ts';
import { familyIn, passwordIn } from '../../src/renderer/features/connect/url-parts.ts';
import { endsWithOneOf, folderOf, join, nameOf } from '../../src/renderer/ui/files/paths.ts';
import { addressOf } from '../../src/renderer/ui/format/address.ts';
import { when } from '../../src/renderer/ui/format/moment.ts';
import type { Connection } from '../../src/shared/model/connection.ts';

const whole: Connection = {
  family: 'postgres',
  host: 'db',
  port: 5433,
  user: 'me',
  database: 'shop',
  schema: 'sales',
  tls: { mode: 'verify-full', ca: '/etc/ca.pem' },
  connectTimeout: 3,
  ssh: { host: 'gate', port: 2222, user: 'jump', key: '/home/me/.ssh/id', hostKey: `SHA256:${'a'.repeat(43)}` },
};

describe('the form', () => {
  const connections: readonly Connection[] = [
    whole,
    {
      family: 'mysql',
      host: '/run/mysqld.sock',
      port: 3306,
      user: 'root',
      database: 'shop',
      tls: { mode: 'prefer' },
      connectTimeout: 10,
    },
    { family: 'sqlite', path: '/data/shop.db' },
  ];
  it('takes the fingerprint of a host that is not known out of what was said', () => {
    const said = `The SSH host gate:22 is not known here; its key has the fingerprint SHA256:${'a+/Z'.repeat(10)}abc.`;
    expect(fingerprintIn(said)).toBe(`SHA256:${'a+/Z'.repeat(10)}abc`);
    expect(fingerprintIn('The SSH host gate:22 can’t be reached.')).toBeNull();
  });

  it.each(connections)('gives back the connection it was filled from: $family', (connection) => {
    expect(connectionOf(connection.family, formOf(connection))).toEqual({ ok: true, connection });
  });

  it('says of each field what is wrong with it', () => {
    const typed = { ...emptyForm('postgres'), host: '', port: '70000', ssh: true, sshPort: 'x', sshHostKey: 'MD5:00' };
    const made = connectionOf('postgres', typed);
    expect(made.ok ? [] : Object.keys(made.problems).toSorted()).toEqual(
      ['host', 'port', 'user', 'database', 'sshHost', 'sshPort', 'sshUser', 'sshHostKey'].toSorted(),
    );
  });

  it('refuses a tunnel to a socket, and forgets a CA that would not be used', () => {
    const made = connectionOf('postgres', { ...formOf(whole), host: '/run/postgresql' });
    expect(made).toMatchObject({ ok: false, problems: { host: expect.stringContaining('socket') } });
    expect(connectionOf('postgres', { ...formOf(whole), tls: 'require' })).toMatchObject({
      connection: { tls: { mode: 'require' } },
    });
  });

  it('knows the SSH host only once its address is whole', () => {
    expect(tunnelOf({ ...formOf(whole), sshUser: '' })).toBeNull();
    expect(tunnelOf({ ...formOf(whole), ssh: false })).toBeNull();
    expect(tunnelOf(formOf(whole))).toEqual(whole.ssh);
  });
});

describe('the password in a URL', () => {
  it.each([
    ['postgres://me:pw@db/shop', 'pw'],
    [' mysql://me:p%40w%3A1@db:3306/shop?ssl-mode=disabled', 'p@w:1'],
    ['postgres://me:a:b@db/shop', 'a:b'],
    ['postgres://me:p@ss@db/shop', 'p@ss'],
    ['postgres://me@db:5432/shop', null],
    ['postgres://me:@db/shop', null],
    ['postgres://db:5432/shop?note=me:pw@x', null],
    ['postgres://me:%zz@db/shop', null],
    ['sqlite:/data/a:b@c.db', null],
  ])('%s', (url, password) => {
    expect(passwordIn(url)).toBe(password);
  });
});

describe('the engine in a URL', () => {
  it.each([
    ['postgresql://host/db', 'postgres'],
    ['MariaDB://host', 'mysql'],
    [' sqlite:/a.db', 'sqlite'],
    ['sqli', null],
    ['oracle://host', null],
  ])('%s: %s', (url, family) => {
    expect(familyIn(url)).toBe(family);
  });
});

describe('paths of the host', () => {
  it('follow its own separators', () => {
    expect(join('/data', 'a.db')).toBe('/data/a.db');
    expect(join('/', 'a.db')).toBe('/a.db');
    expect(join('C:\\Data', 'a.db')).toBe('C:\\Data\\a.db');
    expect(folderOf('/a.db')).toBe('/');
    expect(folderOf('/data/a.db')).toBe('/data');
    expect(folderOf('a.db')).toBeNull();
    expect(nameOf('C:\\Data\\a.db')).toBe('a.db');
    expect(endsWithOneOf('Shop.Drover.JSON', ['drover.json'])).toBe(true);
    expect(endsWithOneOf('shop.json', ['drover.json'])).toBe(false);
  });
});

describe('an address in a list', () => {
  it.each([
    ['postgres://me@db:5432/my%20shop?schema=public', 'PostgreSQL', 'my shop', 'db:5432'],
    ['mariadb://root@db/', 'MariaDB', 'db', 'db'],
    ['sqlite:/data/shop.db', 'SQLite', 'shop.db', '/data'],
    ['sqlite:shop.db', 'SQLite', 'shop.db', ''],
  ])('%s', (url, engine, name, place) => {
    expect(addressOf(url)).toEqual({ engine, name, place });
  });
});

describe('a moment', () => {
  const now = new Date(2026, 10, 21, 0, 30);
  const at = (...date: [number, number, number, number, number]) => when(new Date(...date).toISOString(), now);
  it('is told by the clock when close, by the date when distant', () => {
    expect(at(2026, 10, 21, 0, 5)).toBe('today 00:05');
    expect(at(2026, 10, 20, 23, 59)).toBe('yesterday 23:59');
    expect(at(2026, 10, 3, 9, 5)).toBe('3 Nov 09:05');
    expect(at(2025, 10, 3, 9, 5)).toBe('3 Nov 2025');
  });
});
