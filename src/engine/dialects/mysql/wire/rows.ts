// Runs a SELECT and fills row batches from the raw packets, with back-pressure down to the socket.

import type { LogicalType } from '../../../../shared/model/logical-type.ts';
import { BATCH_BYTES, BatchWriter } from '../../../pipeline/batch.ts';
import type { DecodingKernel } from '../../../pipeline/decoding-kernel.ts';
import { Command, encodedNumber, type RawConnection, type RawPacket, statementOf } from './command.ts';
import { resultRowsKernel } from './result-rows-kernel.ts';
import { RowPackets, type TakePackets } from './row-packets.ts';
import { type FieldTranscoder, fieldTranscoder, transcodeRow } from './transcode.ts';

const EOF = 0xfe;
/** One is read by the consumer, one waits for it, one is being filled. */
const BATCHES = 3;
/** Of batches that one row has made so long there are no two at once, as far as the socket can wait. */
const GIANT = 8 * BATCH_BYTES;

/** The batches of one result. `next` gives one at a time; the one before is used again then. */
export class RowStream {
  readonly #connection: RawConnection;
  readonly #fields: readonly FieldTranscoder[];
  readonly #kernel: DecodingKernel | null;
  readonly #spare = Array.from({ length: BATCHES - 1 }, () => new BatchWriter());
  readonly #ready: BatchWriter[] = [];
  #filling = new BatchWriter();
  #lent: BatchWriter | null = null;
  #paused = false;
  #ended = false;
  #error: Error | null = null;
  #wake: (() => void) | null = null;

  /** `plain`: without the kernel, which must come to the same. */
  constructor(connection: RawConnection, sql: string, columns: readonly LogicalType[], plain = false) {
    this.#connection = connection;
    this.#fields = columns.map(fieldTranscoder);
    this.#kernel = plain ? null : resultRowsKernel(columns);
    connection.addCommand(
      new RowsCommand(
        statementOf(sql),
        (bytes, start) => this.#row(bytes, start),
        this.#kernel && ((bytes, start) => this.#rows(bytes, start)),
        () => this.#end(),
        (error) => this.#fail(error),
      ),
    );
  }

  /** The whole result has arrived, so the connection is free for other commands. */
  get ended(): boolean {
    return this.#ended;
  }

  async next(): Promise<BatchWriter | null> {
    this.#giveBack();
    for (;;) {
      if (this.#error) throw this.#error;
      const batch = this.#ready.shift();
      if (batch) {
        this.#lent = batch;
        return batch;
      }
      if (this.#ended) return null;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  #row(bytes: Buffer, start: number): void {
    const batch = this.#filling;
    transcodeRow(bytes, start, this.#fields, batch);
    batch.rows++;
    if (batch.full) this.#exchange();
  }

  #rows(bytes: Buffer, start: number): ReturnType<TakePackets> {
    const batch = this.#filling;
    const taken = this.#kernel!.decode(bytes, start, batch, batch.full ? BATCH_BYTES : BATCH_BYTES - batch.length);
    if (batch.full) this.#exchange();
    return taken;
  }

  /** Hands the full batch on. Without a spare one the socket waits; what it had already given is still taken in. */
  #exchange(): void {
    const spare = this.#spare.pop();
    if (!spare || this.#filling.length > GIANT) this.#pause();
    if (!spare) return;
    this.#ready.push(this.#filling);
    this.#filling = spare;
    this.#awake();
  }

  #giveBack(): void {
    if (!this.#lent) return;
    this.#lent.clear();
    this.#spare.push(this.#lent);
    this.#lent = null;
    if (!this.#paused) return;
    if (this.#filling.full) this.#exchange();
    if (!this.#ready.some(({ length }) => length > GIANT)) this.#resume();
  }

  #end(): void {
    if (this.#filling.rows > 0) this.#ready.push(this.#filling);
    this.#finish();
  }

  #fail(error: Error): void {
    this.#error = error;
    this.#finish();
  }

  #finish(): void {
    this.#ended = true;
    this.#resume();
    this.#awake();
  }

  #pause(): void {
    if (this.#paused) return;
    this.#paused = true;
    this.#connection.stream.pause();
  }

  #resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    this.#connection.stream.resume();
  }

  #awake(): void {
    this.#wake?.();
    this.#wake = null;
  }
}

class RowsCommand extends Command {
  readonly #row: (bytes: Buffer, start: number) => void;
  readonly #take: TakePackets | null;
  readonly #end: () => void;
  #packets: RowPackets | null = null;
  /** Packets before the first row: their number, each column, and the mark behind them. */
  #heading = -1;

  constructor(
    statement: Buffer,
    row: (bytes: Buffer, start: number) => void,
    take: TakePackets | null,
    end: () => void,
    reject: (error: Error) => void,
  ) {
    super(statement, reject);
    this.#row = row;
    this.#take = take;
    this.#end = end;
  }

  override onResult(error: Error): void {
    this.#packets?.remove();
    super.onResult(error);
  }

  override execute(packet: RawPacket | undefined, connection: RawConnection): boolean {
    if (!packet && this.#take) {
      const take = this.#take;
      const none = (_: Buffer, at: number) => ({ rows: 0, at });
      this.#packets = new RowPackets(connection, (bytes, at) => (this.#heading === 0 ? take : none)(bytes, at));
    }
    const done = super.execute(packet, connection);
    if (done) this.#packets?.remove();
    return done;
  }

  protected override receive(bytes: Buffer, start: number, end: number): boolean {
    if (this.#heading === 0) {
      if (bytes[start] !== EOF || end - start >= 9) {
        this.#row(bytes, start);
        return false;
      }
      this.#end();
      return true;
    }
    this.#heading = this.#heading < 0 ? encodedNumber(bytes, start).value + 1 : this.#heading - 1;
    return false;
  }
}
