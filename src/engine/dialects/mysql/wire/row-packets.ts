// Stands before mysql2's parser while rows arrive: takes whole runs of row packets, and hands on everything else.

import type { PacketParser, RawConnection } from './command.ts';

const HEADER = 4;
const MAX_PAYLOAD = 0xff_ffff;

/** Takes as many row packets from `start` on as it can read by itself; returns how many, and where the next begins. */
export type TakePackets = (bytes: Buffer, start: number) => { readonly rows: number; readonly at: number };

/** Until `remove` is called, which may be while a packet is handed on. */
export class RowPackets implements PacketParser {
  readonly #connection: RawConnection;
  readonly #parser: PacketParser;
  readonly #take: TakePackets;
  /** The beginning of a packet, and how many bytes it still lacks; a piece for each time bytes came in. */
  #pieces: Buffer[] = [];
  #missing = 0;
  /** The packet goes on in the next one: both are the driver's. */
  #goesOn = false;
  #removed = false;

  /** To be put up when a command begins, which is when the driver holds no part of a packet. */
  constructor(connection: RawConnection, take: TakePackets) {
    this.#connection = connection;
    this.#parser = connection.packetParser;
    this.#take = take;
    connection.packetParser = this;
  }

  remove(): void {
    this.#removed = true;
    this.#connection.packetParser = this.#parser;
  }

  execute(incoming: Buffer): void {
    const bytes = this.#joined(incoming);
    if (bytes === null) return;
    let at = 0;
    while (at < bytes.length && !this.#removed) {
      at = this.#takeRows(bytes, at);
      const size = packetSize(bytes, at);
      if (size === null || at + size > bytes.length) {
        this.#keep(bytes.subarray(at), size);
        return;
      }
      this.#goesOn = size === HEADER + MAX_PAYLOAD;
      this.#parser.execute(bytes.subarray(at, at + size));
      at += size;
    }
    if (at < bytes.length) this.#parser.execute(bytes.subarray(at));
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

  #keep(rest: Buffer, size: number | null): void {
    if (rest.length === 0) return;
    this.#pieces.push(rest);
    this.#missing = (size ?? HEADER) - rest.length;
  }

  /** What was kept with what came; null while a packet is not whole. One copy, however many pieces it came in. */
  #joined(incoming: Buffer): Buffer | null {
    if (this.#pieces.length === 0) return incoming;
    this.#pieces.push(incoming);
    this.#missing -= incoming.length;
    if (this.#missing > 0) return null;
    const joined = Buffer.concat(this.#pieces);
    this.#pieces = [];
    return joined;
  }
}

/** Of the packet that begins at `at`, header included; null where not even that is whole. */
function packetSize(bytes: Buffer, at: number): number | null {
  return at + HEADER <= bytes.length ? HEADER + bytes.readUIntLE(at, 3) : null;
}
