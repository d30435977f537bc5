// Statements of one kind on their way to the server: while it takes one, the next is filled.

import { StatementBytes } from './statement-bytes.ts';

export class Outbox {
  readonly #send: (full: StatementBytes) => Promise<void>;
  #filling: StatementBytes;
  #spare: StatementBytes;
  #sending: Promise<void> = Promise.resolve();
  #taken = 0;

  /** `head`, `behind` and `capacity`: see StatementBytes. `send` fails where a row is not taken. */
  constructor(head: Buffer, behind: number, capacity: number, send: (full: StatementBytes) => Promise<void>) {
    this.#filling = new StatementBytes(head, behind, capacity);
    this.#spare = new StatementBytes(head, behind, capacity);
    this.#send = send;
  }

  get filling(): StatementBytes {
    return this.#filling;
  }

  /** Rows that the server took. */
  get taken(): number {
    return this.#taken;
  }

  /** Waits for the statement before, so that at most one of this kind is under way. */
  async flush(): Promise<void> {
    await this.#sending;
    const full = this.#filling;
    this.#filling = this.#spare;
    this.#spare = full;
    this.#sending = this.#go(full);
    // Whoever awaits it next hears of a failure; until then it must not count as unhandled.
    this.#sending.catch(() => undefined);
  }

  /** The row that begins at `start`, with the last `blanks`, goes into the next statement; what is before it is sent. */
  async splitBefore(start: number, blanks: number): Promise<void> {
    await this.#sending;
    const full = this.#filling;
    this.#spare.copy(full.bytes, start, full.length);
    this.#spare.rows = 1;
    this.#spare.blanks = blanks;
    full.length = start;
    full.rows--;
    full.blanks -= blanks;
    await this.flush();
  }

  /** Sends what is left, and waits for the answers. */
  async empty(): Promise<void> {
    if (this.#filling.rows > 0) await this.flush();
    await this.#sending;
  }

  /** Waits for what is under way, whatever becomes of it. */
  async settled(): Promise<void> {
    await this.#sending.catch(() => undefined);
  }

  async #go(full: StatementBytes): Promise<void> {
    await this.#send(full);
    this.#taken += full.rows;
    full.clear();
  }
}
