// Which process does something, and whether it still lives: so that what a killed one left is known for that.

import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

export interface ProcessIdentity {
  readonly pid: number;
  /** Tells the process from a later one with the same number; null where the system does not say. */
  readonly began: string | null;
  readonly host: string;
}

export function thisProcess(): ProcessIdentity {
  return { pid: process.pid, began: toldOf(process.pid)?.began ?? null, host: hostname() };
}

/** A process on another machine can't be asked: it counts as alive. */
export function isAlive({ pid, began, host }: ProcessIdentity): boolean {
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const told = toldOf(pid);
  if (told?.isOver) return false;
  return began === null || began === (told?.began ?? null);
}

interface Told {
  /** In clock ticks since the system booted. */
  readonly began: string | null;
  /** It has ended, and only its number is kept until its parent asks: where that never does, for as long as the parent lives. */
  readonly isOver: boolean;
}

/** What Linux tells of a process; null where the system does not say. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function toldOf(pid: number): Told | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name in parentheses may hold blanks. Behind it stand the state, and as 18th and 20th word threads and start.
    const words = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, threads] = [words[0], Number(words[17])];
    return { began: words[19] ?? null, isOver: state === 'X' || (state === 'Z' && threads <= 1) };
  } catch {
    return null;
  }
}
