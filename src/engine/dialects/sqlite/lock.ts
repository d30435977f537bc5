// The lock on a target file: a file beside it that names its holder, and that is stale once the holder is dead.

import {
  closeSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { DroverError } from '../../../shared/errors.ts';
import { isAlive, type ProcessIdentity, thisProcess } from '../../support/process.ts';
import type { RunIdentity } from '../session.ts';
import { besides, parcelBeside, sweepBesides } from './besides.ts';

interface Holder extends ProcessIdentity {
  readonly run: string;
}

/** What file systems without links say, such as those of memory sticks. */
const NO_LINKS: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

/** Anything else, such as a full disk, is told as it is. */
const UNWRITABLE: ReadonlySet<string> = new Set(['EACCES', 'EROFS', 'ENOENT']);

/** Without links, whoever makes the file names itself in it at once. */
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

  /** The file comes into being with its holder in it: killed at any moment, it leaves no lock that names nobody. */
  #create(): boolean {
    const holder = JSON.stringify({ ...thisProcess(), run: this.#run.id } satisfies Holder);
    const draft = besides(this.#path);
    try {
      sweepBesides(this.#path);
      sweepBesides(parcelBeside(this.#database));
      writeFileSync(draft, holder);
      linkSync(draft, this.#path);
      this.#held = true;
    } catch (thrown) {
      const { code, message } = thrown as NodeJS.ErrnoException;
      if (NO_LINKS.has(code ?? '')) return this.#createInPlace(holder);
      if (UNWRITABLE.has(code ?? '')) throw this.#unwritable(message);
      if (code !== 'EEXIST') throw thrown;
    } finally {
      rmSync(draft, { force: true });
    }
    return this.#held;
  }

  #createInPlace(holder: string): boolean {
    let descriptor: number;
    try {
      descriptor = openSync(this.#path, 'wx');
    } catch (thrown) {
      const { code, message } = thrown as NodeJS.ErrnoException;
      if (code === 'EEXIST') return false;
      throw this.#unwritable(message);
    }
    try {
      writeSync(descriptor, holder);
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
    const aside = besides(this.#path);
    try {
      renameSync(this.#path, aside);
    } catch {
      return;
    }
    if (readFileSync(aside, 'utf8') === stale) rmSync(aside, { force: true });
    else renameSync(aside, this.#path);
  }

  #unwritable(cause: string): DroverError {
    return new DroverError('connect.read-only', `The folder of ${this.#database} can't be written.`, {
      cause,
      hint: 'Give write permission on the folder, or choose another target.',
      where: { side: 'target' },
    });
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
