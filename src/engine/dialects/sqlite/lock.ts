// The lock on a target file: a file beside it that names its holder, and that is stale once the holder is dead.

import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { DroverError } from '../../../shared/errors.ts';
import { isAlive, type ProcessIdentity, thisProcess } from '../../support/process.ts';
import type { RunIdentity } from '../dialect.ts';

interface Holder extends ProcessIdentity {
  readonly run: string;
}

/** Whoever makes the file names itself in it at once. */
const NAMELESS_MS = 10_000;

export class FileLock {
  readonly #path: string;
  readonly #database: string;
  readonly #run: RunIdentity;
  #held = false;

  constructor(database: string, run: RunIdentity) {
    this.#database = database;
    this.#path = `${database}.drover-lock`;
    this.#run = run;
  }

  /** Throws `run.target-locked` naming the holder. */
  take(): void {
    if (this.#held) return;
    // The second try follows the removal of a stale lock; whoever is quicker then, holds it.
    for (let tries = 0; tries < 2; tries++) {
      if (this.#create()) return;
      const text = this.#read();
      if (text === null) continue;
      const holder = parse(text);
      if (holder ? isAlive(holder) : !this.#isNameless(text)) throw this.#taken(holder);
      this.#remove(text);
    }
    throw this.#taken(parse(this.#read() ?? ''));
  }

  /** By a process that lives, as far as can be told here. */
  isHeldForRun(): boolean {
    const holder = parse(this.#read() ?? '');
    return !this.#held && holder?.run === this.#run.id && isAlive(holder);
  }

  release(): void {
    if (!this.#held) return;
    this.#held = false;
    rmSync(this.#path, { force: true });
  }

  #create(): boolean {
    let descriptor: number;
    try {
      descriptor = openSync(this.#path, 'wx');
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw new DroverError('connect.read-only', `The folder of ${this.#database} can't be written.`, {
        cause: (thrown as Error).message,
        hint: 'Give write permission on the folder, or choose another target.',
        where: { side: 'target' },
      });
    }
    const holder: Holder = { ...thisProcess(), run: this.#run.id };
    try {
      writeSync(descriptor, JSON.stringify(holder));
    } catch (thrown) {
      rmSync(this.#path, { force: true });
      throw thrown;
    } finally {
      closeSync(descriptor);
    }
    this.#held = true;
    return true;
  }

  /** Of a process that was killed before it could say who it is. */
  #isNameless(text: string): boolean {
    const made = statSync(this.#path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    return text === '' && Date.now() - made > NAMELESS_MS;
  }

  #read(): string | null {
    try {
      return readFileSync(this.#path, 'utf8');
    } catch {
      return null;
    }
  }

  /** Moved aside first: only one of two that find it stale succeeds, and a fresh lock taken by mistake goes back. */
  #remove(stale: string): void {
    const aside = `${this.#path}.${process.pid}`;
    try {
      renameSync(this.#path, aside);
    } catch {
      return;
    }
    if (readFileSync(aside, 'utf8') === stale) rmSync(aside, { force: true });
    else renameSync(aside, this.#path);
  }

  #taken(holder: Holder | null): DroverError {
    const who = holder ? `run ${holder.run} (process ${holder.pid} on ${holder.host})` : 'another process';
    return new DroverError('run.target-locked', `${this.#database} is in use by ${who}.`, {
      hint: `Wait until it is done. If no such process exists, delete ${this.#path}.`,
      where: { side: 'target' },
    });
  }
}

function parse(text: string): Holder | null {
  try {
    const value = JSON.parse(text) as Partial<Holder>;
    if (typeof value.pid !== 'number' || typeof value.host !== 'string' || typeof value.run !== 'string') return null;
    return { pid: value.pid, began: value.began ?? null, host: value.host, run: value.run };
  } catch {
    return null;
  }
}
