// A private MariaDB for tests: the one on this machine, else installed through apt where that is allowed.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import {
  freePort,
  launch,
  type MortalServer,
  ownerNamed,
  PASSWORD,
  type RunningServer,
  type ServerOwner,
  serverFolder,
  temporaryFolder,
} from './launch.ts';
import { serverAt } from './postgres.ts';

const CHOICES = `The tests need a MariaDB server and found none. Choose one:
  - install it:  apt-get install mariadb-server  (or: brew install mariadb), then run the tests again
  - with Docker: docker compose up -d mariadb
                 DROVER_TEST_MARIADB_URL=mysql://root:drover@127.0.0.1:33061/ npm test
  - name one:    DROVER_TEST_MARIADB_URL=mysql://user:password@host:3306/  (databases are made and dropped there)`;

// Durability is the server's own business: tests of Drover want speed.
const FAST = ['--innodb-flush-log-at-trx-commit=0', '--innodb-doublewrite=0'];
/** What is committed outlives the server's death. */
const DURABLE = ['--innodb-flush-log-at-trx-commit=1'];

/** Starts MariaDB; `DROVER_TEST_MARIADB_URL` names a server to use instead. */
export async function startMariadb(): Promise<RunningServer> {
  const given = process.env.DROVER_TEST_MARIADB_URL;
  return given ? serverAt(given) : launchMariadb(FAST, false);
}

/** One that tests may kill. */
export function startMortalMariadb(): Promise<MortalServer> {
  return launchMariadb(DURABLE, true);
}

async function launchMariadb(settings: readonly string[], revive: boolean): Promise<MortalServer> {
  const server = find('mariadbd') ?? installed();
  if (!server) throw new Error(CHOICES);
  const owner = ownerNamed('mysql');
  const folder = serverFolder('mariadb', owner);
  try {
    initialise(folder, owner);
    const port = await freePort();
    const user = owner ? ['--user=mysql'] : [];
    const stop = await launch(
      {
        command: server,
        args: [
          ...['--no-defaults', ...user, `--datadir=${join(folder, 'data')}`, `--socket=${join(folder, 's')}`],
          ...[`--port=${port}`, '--bind-address=127.0.0.1', `--pid-file=${join(folder, 'pid')}`],
          ...[`--init-file=${join(folder, 'init.sql')}`, '--local-infile=1', '--skip-name-resolve'],
          ...['--innodb-buffer-pool-size=128M', `--tmpdir=${temporaryFolder(folder, owner)}`, ...settings],
        ],
        environment: {},
        folder,
        log: join(folder, 'server.log'),
        owner: null,
        stop: 'SIGTERM',
        revive,
      },
      /ready for connections/,
    );
    return { url: `mysql://drover@127.0.0.1:${port}/`, password: PASSWORD, stop, pidFile: join(folder, 'pid') };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

function initialise(folder: string, owner: ServerOwner | null): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'init.sql'),
    `CREATE USER IF NOT EXISTS drover@'127.0.0.1' IDENTIFIED BY '${PASSWORD}';\n` +
      "GRANT ALL PRIVILEGES ON *.* TO drover@'127.0.0.1' WITH GRANT OPTION;\n",
  );
  const command = find('mariadb-install-db') ?? 'mariadb-install-db';
  const result = spawnSync(
    command,
    [
      ...['--no-defaults', ...(owner ? ['--user=mysql'] : []), `--datadir=${join(folder, 'data')}`],
      ...['--auth-root-authentication-method=normal', '--skip-test-db', '--skip-name-resolve'],
      ...['--innodb-flush-log-at-trx-commit=0', '--innodb-doublewrite=0'],
    ],
    { encoding: 'utf8' },
  );
  if (result.status !== 0) {
    throw new Error(`mariadb-install-db failed: ${result.error?.message ?? `${result.stdout}${result.stderr}`}`);
  }
}

/** Installs the Debian packages where we may, without starting a service; the server's path, or null. */
function installed(): string | null {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return null;
  process.stderr.write('No MariaDB here yet: installing the Debian package mariadb-server for the tests.\n');
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const apt = (...args: string[]) =>
    spawnSync('apt-get', ['-qq', '-o', 'Acquire::Retries=3', '-o', 'DPkg::Lock::Timeout=300', ...args], {
      encoding: 'utf8',
      env: environment,
    });
  // A service that apt starts would take port 3306 and the machine's memory: tests start their own.
  const policy = '/usr/sbin/policy-rc.d';
  const mine = !existsSync(policy);
  if (mine) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    apt('update');
    const result = apt('install', '-y', '--no-install-recommends', 'mariadb-server');
    if (result.status !== 0) process.stderr.write(`${result.stderr.slice(-2_000)}\n`);
  } finally {
    if (mine) rmSync(policy, { force: true });
  }
  return find('mariadbd');
}

function find(name: string): string | null {
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter),
    ...['/usr/sbin', '/usr/local/sbin', '/usr/local/bin', '/opt/homebrew/bin'],
  ];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null;
}
