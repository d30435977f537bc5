// Stands before mysql2's parser while rows arrive: takes whole runs of row packets, and hands on everything else.

import type { PacketParser, RawConnection } from './command.ts';
import { lendBytes } from './socket.ts';

const HEADER = 4;
const MAX_PAYLOAD = 0xff_ffff;

/** Takes as many row packets from `start` on as it can read by itself; returns how many, and where the next begins. */
export type TakePackets = (bytes: Buffer, start: number) => { readonly rows: number; readonly at: number };

/** Until `remove` is called, which may be while a packet is handed on. Bytes that come in are lent: what is kept is a copy. */
export class RowPackets implements PacketParser {
  readonly #connection: RawConnection;
  readonly #parser: PacketParser;
  readonly #take: TakePackets;
  /** A packet that came in pieces, or the header of one, as long as it will be; so much of it is there. */
  #partial: Buffer | null = null;
  #have = 0;
  /** The packet goes on in the next one: both are the driver's. */
  #goesOn = false;
  #removed = false;

  /** To be put up when a command begins, which is when the driver holds no part of a packet. */
  constructor(connection: RawConnection, take: TakePackets) {
    this.#connection = connection;
    this.#parser = connection.packetParser;
    this.#take = take;
    connection.packetParser = this;
    lendBytes(connection.stream, true);
  }

  remove(): void {
    this.#removed = true;
    this.#connection.packetParser = this.#parser;
    lendBytes(this.#connection.stream, false);
  }

  execute(bytes: Buffer): void {
    let at = this.#complete(bytes);
    while (at < bytes.length && !this.#removed) {
      at = this.#takeRows(bytes, at);
      const size = packetSize(bytes, at);
      if (size === null || at + size > bytes.length) {
        this.#keep(bytes.subarray(at), size ?? HEADER);
        return;
      }
      this.#handOn(bytes.subarray(at, at + size));
      at += size;
    }
    if (at < bytes.length) this.#parser.execute(Buffer.from(bytes.subarray(at)));
  }

  /** Adds what belongs to the packet that began before, and deals with it when it is whole; returns where the next begins. */
  #complete(bytes: Buffer): number {
    let at = 0;
    while (this.#partial && at < bytes.length) {
      const copied = bytes.copy(this.#partial, this.#have, at);
      this.#have += copied;
      at += copied;
      if (this.#have < this.#partial.length) break;
      const whole = this.#partial;
      this.#partial = null;
      const size = packetSize(whole, 0)!;
      if (whole.length < size) this.#keep(whole, size);
      else if (this.#takeRows(whole, 0) === 0) this.#handOn(whole);
    }
    return at;
  }

  #keep(begun: Buffer, size: number): void {
    if (begun.length === 0) return;
    this.#partial = Buffer.allocUnsafe(size);
    this.#have = begun.copy(this.#partial);
  }

  #takeRows(bytes: Buffer, start: number): number {
    if (this.#goesOn) return start;
    let at = start;
    for (;;) {
      const taken = this.#take(bytes, at);
      // The driver counts packets, by a byte in each.
      if (taken.rows > 0) this.#connection._bumpSequenceId(taken.rows);
      at = taken.at;
      if (taken.rows === 0 || at === bytes.length) return at;
    }
  }

  #handOn(packet: Buffer): void {
    this.#goesOn = packet.length === HEADER + MAX_PAYLOAD;
    this.#parser.execute(packet);
  }
}

/** Of the packet that begins at `at`, header included; null where not even that is whole. */
function packetSize(bytes: Buffer, at: number): number | null {
  return at + HEADER <= bytes.length ? HEADER + bytes.readUIntLE(at, 3) : null;
}
