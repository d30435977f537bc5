// COPY … TO STDOUT: takes the socket over from the driver and hands out the payload bytes where they lie.

import type { Duplex } from 'node:stream';
import type pg from 'pg';

const COPY_DATA = 0x64;
const HEADER = 5;
/** Messages that may stand between the data and do not end it: CopyOutResponse, notices, settings, notifications. */
const BYSTANDERS = new Set([0x48, 0x4e, 0x53, 0x41]);
const NOTHING = Buffer.alloc(0);

/** Who takes the payloads. */
export interface Taker {
  /** It wants no more for now. */
  readonly full: boolean;
  /** One message's payload: `bytes[start…end)`. */
  take(bytes: Buffer, start: number, end: number): void;
  /** As many whole messages from `start` on as it can read by itself; returns where the first other one begins. */
  takeMessages(bytes: Buffer, start: number): number;
}

/**
 * A query that the driver submits. Bytes stay in the socket's buffer until `drain` asks for them, so the server
 * waits when the consumer does. pg's own parser makes an object of every row; this one makes none.
 */
export class CopyOut implements pg.Submittable {
  readonly #sql: string;
  #connection: pg.Connection | null = null;
  #driver: ((bytes: Buffer) => void) | null = null;
  #chunk: Buffer = NOTHING;
  #at = 0;
  /** Pieces of one message that is longer than a chunk, and the bytes still missing. */
  #pieces: Buffer[] = [];
  #missing = 0;
  #error: Error | null = null;
  #ready = false;
  #wake: () => void = () => undefined;

  constructor(sql: string) {
    this.#sql = sql;
  }

  /** True when all rows were handed out and the connection is free again. Throws what the server threw. */
  get finished(): boolean {
    if (this.#error) throw this.#error;
    return this.#ready;
  }

  /** Gives payloads to `taker` until it has enough, or no more are at hand: then false. */
  drain(taker: Taker): boolean {
    while (this.#driver) {
      const chunk = this.#chunk;
      let at = taker.takeMessages(chunk, this.#at);
      if (taker.full) {
        this.#at = at;
        return true;
      }
      while (at + HEADER <= chunk.length) {
        const code = chunk[at]!;
        const size = ((chunk[at + 1]! << 24) | (chunk[at + 2]! << 16) | (chunk[at + 3]! << 8) | chunk[at + 4]!) >>> 0;
        if (code !== COPY_DATA && !BYSTANDERS.has(code)) {
          this.#release(chunk.subarray(at));
          return false;
        }
        const end = at + 1 + size;
        if (end > chunk.length) break;
        if (code === COPY_DATA) taker.take(chunk, at + HEADER, end);
        at = taker.takeMessages(chunk, end);
        if (taker.full) {
          this.#at = at;
          return true;
        }
      }
      this.#at = at;
      if (!this.#pull()) return false;
    }
    return false;
  }

  /** Resolves when there may be something to do. */
  async more(): Promise<void> {
    if (this.#error || this.#ready) return;
    if (this.#driver && this.#connection!.stream.readableLength > 0) return;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
  }

  /** Wakes a waiting `more`, for a consumer that has changed its mind. */
  wake(): void {
    const wake = this.#wake;
    this.#wake = () => undefined;
    wake();
  }

  // What the driver calls ------------------------------------------------------------------------------------------

  submit(connection: pg.Connection): void {
    this.#connection = connection;
    const { stream } = connection;
    this.#driver = stream.listeners('data')[0] as (bytes: Buffer) => void;
    stream.removeListener('data', this.#driver);
    stream.pause();
    stream.on('readable', this.#onReadable);
    connection.query(this.#sql);
  }

  handleError(error: Error): void {
    this.#error = error;
    this.wake();
  }

  handleCommandComplete(): void {}

  handleReadyForQuery(): void {
    this.#ready = true;
    this.wake();
  }

  // Helpers ----------------------------------------------------------------------------------------------------------

  readonly #onReadable = (): void => this.wake();

  /** Fetches the next bytes of the socket and puts the rest of the last ones in front. */
  #pull(): boolean {
    const bytes = (this.#connection!.stream as Duplex).read() as Buffer | null;
    if (bytes === null) return false;
    const rest = this.#chunk.subarray(this.#at);
    if (this.#pieces.length === 0 && rest.length === 0) {
      this.#chunk = bytes;
      this.#at = 0;
      return true;
    }
    if (this.#pieces.length === 0) {
      const size = rest.length >= HEADER ? 1 + rest.readUInt32BE(1) : HEADER;
      this.#pieces.push(rest);
      this.#missing = size - rest.length;
      this.#chunk = NOTHING;
      this.#at = 0;
    }
    this.#pieces.push(bytes);
    this.#missing -= bytes.length;
    // One copy however long the message is, instead of one for every piece of it.
    if (this.#missing <= 0) {
      this.#chunk = Buffer.concat(this.#pieces);
      this.#pieces = [];
    }
    return true;
  }

  /** Hands the socket back; the driver reads what ends the copy and all that follows. */
  #release(rest: Buffer): void {
    const { stream } = this.#connection!;
    const driver = this.#driver!;
    this.#driver = null;
    this.#chunk = NOTHING;
    this.#at = 0;
    stream.removeListener('readable', this.#onReadable);
    stream.addListener('data', driver);
    driver(rest);
    process.nextTick(() => stream.resume());
  }
}
