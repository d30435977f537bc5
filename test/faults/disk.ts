// A small disk: a file system in memory that is as full as somebody wishes, and has room again when they wish so.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Disk {
  readonly path: string;
  /** From now on only so many bytes can be written. */
  fill(spare: number): void;
  free(): void;
  remove(): void;
}

const ROOMY = '4g';
/** Whoever writes meanwhile needs more than was asked for: then it is asked again. */
const TRIES = 20;

/** Why there can be none here; null where there can. */
export function whyNoDisk(): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'only root of a Linux machine may mount one';
  try {
    openDisk().remove();
    return null;
  } catch (error) {
    return (error as Error).message.trim();
  }
}

export function openDisk(): Disk {
  const path = mkdtempSync(join(tmpdir(), 'drover-disk-'));
  try {
    mount(['-t', 'tmpfs', '-o', `size=${ROOMY},mode=1777`, 'tmpfs', path]);
  } catch (error) {
    rmdirSync(path);
    throw error;
  }
  return {
    path,
    fill(spare) {
      for (let tries = 1; ; tries++) {
        const { blocks, bfree, bsize } = statfsSync(path);
        // A size of nothing would be no limit at all.
        const size = Math.max(bsize, (blocks - bfree) * bsize + spare);
        try {
          mount(['-o', `remount,size=${size}`, path]);
          return;
        } catch (error) {
          if (tries === TRIES) throw error;
        }
      }
    },
    free: () => mount(['-o', `remount,size=${ROOMY}`, path]),
    remove() {
      // What still has files open there keeps them to itself.
      execFileSync('umount', ['--lazy', path], { stdio: 'pipe' });
      rmdirSync(path);
    },
  };
}

function mount(args: readonly string[]): void {
  execFileSync('mount', args, { stdio: 'pipe' });
}
