// COPY … FROM STDIN: sends framed buffers as they are and waits where the socket does.

import type { Duplex } from 'node:stream';
import type pg from 'pg';

/** Bytes that every buffer keeps free in front for the message's header. */
export const FRAME = 5;

const COPY_DATA = 0x64;
const COPY_DONE = Buffer.from([0x63, 0, 0, 0, 4]);
const COPY_FAIL = Buffer.from([0x66, 0, 0, 0, 5, 0]);

/** A query that the driver submits. The server discards what still comes after it has refused a row. */
export class CopyIn implements pg.Submittable {
  readonly #sql: string;
  #stream: Duplex | null = null;
  #error: Error | null = null;
  #rows = -1;
  readonly #started = Promise.withResolvers<void>();
  readonly #ended = Promise.withResolvers<void>();

  constructor(sql: string) {
    this.#sql = sql;
    // Whoever waits learns of the failure; nobody waiting is no fault.
    this.#started.promise.catch(() => undefined);
    this.#ended.promise.catch(() => undefined);
  }

  /** The server's refusal, as soon as it is known. */
  get error(): Error | null {
    return this.#error;
  }

  started(): Promise<void> {
    return this.#started.promise;
  }

  /** Sends `framed[0…length)`, of which the first FRAME bytes are the header's; resolves when the socket took it. */
  send(framed: Buffer, length: number): Promise<void> {
    if (this.#error) return Promise.reject(this.#error);
    framed[0] = COPY_DATA;
    framed.writeUInt32BE(length - 1, 1);
    return new Promise((resolve, reject) => {
      this.#stream!.write(framed.subarray(0, length), (error) => {
        if (error) reject(this.#error ?? error);
        else resolve();
      });
    });
  }

  /** Ends the copy; resolves with the rows the server took. */
  async finish(): Promise<number> {
    if (!this.#error) this.#stream!.write(COPY_DONE);
    await this.#ended.promise;
    return this.#rows;
  }

  /** Makes the server forget the copy. Resolves when it has, whatever it says. */
  async abandon(): Promise<void> {
    if (!this.#error) this.#stream?.write(COPY_FAIL);
    await this.#ended.promise.catch(() => undefined);
  }

  // What the driver calls ------------------------------------------------------------------------------------------

  submit(connection: pg.Connection): void {
    this.#stream = connection.stream;
    connection.query(this.#sql);
  }

  handleCopyInResponse(): void {
    this.#started.resolve();
  }

  handleError(error: Error): void {
    this.#error = error;
    this.#started.reject(error);
    this.#ended.reject(error);
  }

  handleCommandComplete(message: { readonly text: string }): void {
    this.#rows = Number(/^COPY (\d+)$/.exec(message.text)?.[1] ?? -1);
  }

  handleReadyForQuery(): void {
    this.#ended.resolve();
  }
}
