// A private real MySQL 9 for tests: unpacked from Debian's packages into a cache, started through its own loader.

import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { unpackPackages } from './debian-packages.ts';
import { freePort, launch, PASSWORD, type RunningServer, serverFolder, temporaryFolder } from './launch.ts';
import { serverAt } from './postgres.ts';

/** Starts MySQL 9, or says in plain words why it can't be had here. `DROVER_TEST_MYSQL_URL` names a server to use. */
export async function startMysql9(): Promise<RunningServer | { readonly unavailable: string }> {
  const given = process.env.DROVER_TEST_MYSQL_URL;
  if (given) return serverAt(given);
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return {
      unavailable: 'MySQL 9 for tests is unpacked from Debian packages for Linux x64; set DROVER_TEST_MYSQL_URL',
    };
  }
  let root: string;
  try {
    root = await unpacked();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      unavailable: `MySQL 9 could not be fetched from the Debian mirror (${reason}); set DROVER_TEST_MYSQL_URL`,
    };
  }
  return start(root);
}

async function start(root: string): Promise<RunningServer> {
  const folder = serverFolder('mysql9', null);
  try {
    const server = commandOf(root);
    const data = [`--datadir=${join(folder, 'data')}`, ...(process.getuid?.() === 0 ? ['--user=root'] : [])];
    const [loader, ...rest] = [...server, ...data] as [string, ...string[]];
    const made = spawnSync(loader, [...rest, '--initialize-insecure'], { encoding: 'utf8' });
    if (made.status !== 0) throw new Error(`mysqld --initialize failed: ${made.error?.message ?? made.stderr}`);
    writeFileSync(
      join(folder, 'init.sql'),
      `CREATE USER drover@'127.0.0.1' IDENTIFIED BY '${PASSWORD}';\n` +
        "GRANT ALL PRIVILEGES ON *.* TO drover@'127.0.0.1' WITH GRANT OPTION;\n",
    );
    const port = await freePort();
    const stop = await launch(
      {
        command: loader,
        args: [
          ...rest,
          ...[`--port=${port}`, '--bind-address=127.0.0.1', `--socket=${join(folder, 's')}`, '--mysqlx=OFF'],
          ...['--skip-log-bin', '--local-infile=1', '--innodb-buffer-pool-size=128M', '--skip-name-resolve'],
          ...[
            '--innodb-flush-log-at-trx-commit=0',
            '--innodb-doublewrite=0',
            `--init-file=${join(folder, 'init.sql')}`,
            `--tmpdir=${temporaryFolder(folder, null)}`,
          ],
        ],
        environment: {},
        folder,
        log: join(folder, 'server.log'),
        owner: null,
        stop: 'SIGTERM',
      },
      /ready for connections[^\n]*port: [1-9]/,
    );
    return { url: `mysql://drover@127.0.0.1:${port}/`, password: PASSWORD, stop };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** The folder with the unpacked packages; filled on first use, about 55 MB to fetch. */
async function unpacked(): Promise<string> {
  const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'drover-test');
  const root = join(cache, 'mysql9');
  if (existsSync(root)) return root;
  process.stderr.write('Fetching MySQL 9 for the tests into the cache folder (once, about 55 MB).\n');
  mkdirSync(cache, { recursive: true });
  const half = `${root}.${process.pid}`;
  try {
    await unpackPackages('mysql-server-core', 'sid', half);
    renameSync(half, root);
  } finally {
    rmSync(half, { recursive: true, force: true });
  }
  return root;
}

/** Debian's newest libraries differ from this machine's: the server brings its own loader and uses only its own. */
function commandOf(root: string): string[] {
  const [loader] = globSync('**/ld-linux-x86-64.so.2', { cwd: root });
  if (!loader) throw new Error(`no loader in ${root}`);
  return [
    join(root, loader),
    ...['--library-path', `${root}/usr/lib/x86_64-linux-gnu:${root}/lib/x86_64-linux-gnu`],
    ...[`${root}/usr/sbin/mysqld`, '--no-defaults', `--basedir=${root}/usr`],
    ...[`--lc-messages-dir=${root}/usr/share/mysql`, `--character-sets-dir=${root}/usr/share/mysql/charsets`],
    ...[`--plugin-dir=${root}/usr/lib/mysql/plugin`, '--secure-file-priv='],
  ];
}
