// Fetches Debian packages with all they depend on and unpacks them into a folder, installing nothing.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Package {
  readonly name: string;
  readonly file: string;
  readonly sha256: string;
  /** Each entry is a list of alternatives. */
  readonly needs: readonly (readonly string[])[];
}

interface Index {
  readonly packages: ReadonlyMap<string, Package>;
  readonly providers: ReadonlyMap<string, string>;
}

/** What a server needs only to be installed, not to run. */
const ONLY_FOR_INSTALLING = new Set([
  ...['adduser', 'bash', 'debconf', 'dpkg', 'init-system-helpers', 'install-info', 'krb5-locales', 'libdebhelper'],
  ...['mysql-common', 'openssl-provider-legacy', 'passwd', 'perl', 'perl-base'],
]);

const TIMEOUT_MS = 120_000;

/** Unpacks `name` from the suite with its dependencies into `folder`. Throws with a plain reason when it can't be had. */
export async function unpackPackages(name: string, suite: string, folder: string): Promise<void> {
  const mirror = mirrorOfApt();
  const listing = await download(`${mirror}dists/${suite}/main/binary-amd64/Packages.xz`);
  const index = parse(decompress(listing));
  mkdirSync(folder, { recursive: true });
  const archive = join(folder, 'package.deb');
  for (const wanted of closure(name, index)) {
    const bytes = await download(mirror + wanted.file);
    const sum = createHash('sha256').update(bytes).digest('hex');
    if (sum !== wanted.sha256) throw new Error(`${wanted.name} from ${mirror} has a wrong SHA-256`);
    writeFileSync(archive, bytes);
    const result = spawnSync('dpkg-deb', ['-x', archive, folder], { encoding: 'utf8' });
    if (result.status !== 0) throw new Error(`${wanted.name} does not unpack: ${result.stderr}`);
  }
  rmSync(archive, { force: true });
}

function mirrorOfApt(): string {
  const targets = spawnSync('apt-get', ['indextargets', '--format', '$(REPO_URI)'], { encoding: 'utf8' });
  const mirror = (targets.stdout ?? '').split('\n').find((uri) => /\/debian\/?$/.test(uri.trim()));
  // A machine whose package lists were never fetched names no mirror: this one serves all of Debian.
  return mirror ? `${mirror.trim().replace(/\/$/, '')}/` : 'http://deb.debian.org/debian/';
}

async function download(url: string): Promise<Buffer> {
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  return Buffer.from(await response.arrayBuffer());
}

function decompress(xz: Buffer): string {
  const result = spawnSync('xz', ['-dc'], { input: xz, maxBuffer: 512 * 1024 * 1024 });
  if (result.status !== 0) throw new Error(`xz: ${result.error?.message ?? result.stderr.toString()}`);
  return result.stdout.toString('utf8');
}

function parse(text: string): Index {
  const packages = new Map<string, Package>();
  const providers = new Map<string, string>();
  for (const block of text.split('\n\n')) {
    const field = (key: string) => new RegExp(`^${key}: (.*)$`, 'm').exec(block)?.[1] ?? '';
    const name = field('Package');
    if (name === '') continue;
    const needs = [...list(field('Depends')), ...list(field('Pre-Depends'))];
    packages.set(name, { name, file: field('Filename'), sha256: field('SHA256'), needs });
    for (const [provided] of list(field('Provides'))) {
      if (provided && !providers.has(provided)) providers.set(provided, name);
    }
  }
  return { packages, providers };
}

/** `a (>= 1) | b, c` → [[a, b], [c]] */
function list(dependencies: string): string[][] {
  return dependencies
    .split(',')
    .map((entry) => entry.split('|').map((one) => one.trim().split(/[ :(]/)[0] ?? ''))
    .filter((alternatives) => alternatives[0] !== '');
}

function closure(root: string, index: Index): Package[] {
  const chosen = new Map<string, Package>();
  const open = [root];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (chosen.has(name) || ONLY_FOR_INSTALLING.has(name)) continue;
    const found = index.packages.get(name);
    if (!found) {
      const provider = index.providers.get(name);
      if (provider) open.push(provider);
      continue;
    }
    chosen.set(name, found);
    for (const alternatives of found.needs) {
      const first = alternatives[0];
      if (first && !alternatives.some((one) => chosen.has(one))) open.push(first);
    }
  }
  if (!chosen.has(root)) throw new Error(`the mirror has no package ${root}`);
  return [...chosen.values()];
}
