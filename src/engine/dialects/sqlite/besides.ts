// Files beside a target that live no longer than the process that made them, which their names tell.

import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isAlive, type ProcessIdentity, thisProcess } from '../../support/process.ts';

/** `path` with a name behind it that no other process has, on whichever machine that opens this folder; `part` of it. */
export function besides(path: string, part?: string): string {
  const { pid, host } = thisProcess();
  const process = `${path}.${pid}@${encodeURIComponent(host)}`;
  return part === undefined ? process : `${process}+${part}`;
}

/** Where parcels lie. */
export function parcelBeside(database: string): string {
  return `${database}.drover-parcel`;
}

/** Takes away what processes of this machine left beside `path` that were killed. */
export function sweepBesides(path: string): void {
  const name = `${basename(path)}.`;
  for (const file of readdirSync(dirname(path))) {
    const maker = file.startsWith(name) ? makerOf(file.slice(name.length)) : null;
    if (maker && !isAlive(maker)) rmSync(join(dirname(path), file), { force: true });
  }
}

function makerOf(suffix: string): ProcessIdentity | null {
  const [, pid, host] = /^(\d+)@([^/+]+)/.exec(suffix) ?? [];
  if (pid === undefined || host === undefined) return null;
  try {
    return { pid: Number(pid), began: null, host: decodeURIComponent(host) };
  } catch {
    return null;
  }
}
