// Commands of the client protocol that Drover runs itself: statements given as bytes, answers taken from the raw packets.
// They join mysql2's queue like its own commands; only what `RawConnection` names is used of its insides.

import type { Duplex } from 'node:stream';
import type { ServerError } from '../errors.ts';

/** One packet: its payload is `buffer[offset…end)`. */
export interface RawPacket {
  readonly buffer: Buffer;
  readonly offset: number;
  readonly end: number;
}

export interface RawConnection {
  readonly stream: Duplex;
  /** Is given the bytes as they come in, and calls the command at hand with each packet. */
  packetParser: PacketParser;
  sequenceId: number;
  addCommand(command: Command): unknown;
  write(bytes: Buffer): void;
  _resetSequenceId(): void;
  _bumpSequenceId(packets: number): void;
}

/** What is used of mysql2's: it takes any bytes, and goes on with a packet where the last ones ended. */
export interface PacketParser {
  execute(bytes: Buffer): unknown;
}

/** Bytes that a statement's buffer leaves free in front, for the header of the packet. */
export const PACKET_HEAD = 4;
const COM_QUERY = 0x03;

const MAX_PAYLOAD = 0xff_ffff;
const ERROR = 0xff;

/** The buffer holds the command and what belongs to it from PACKET_HEAD on; it is free again when the answer is here. */
export abstract class Command {
  readonly #statement: Buffer;
  readonly #reject: (error: Error) => void;

  constructor(statement: Buffer, reject: (error: Error) => void) {
    this.#statement = statement;
    this.#reject = reject;
  }

  /** Called by the connection when it dies under the command. */
  onResult(error: Error): void {
    this.#reject(error);
  }

  /** Called by the connection: without a packet to start, then with each packet. True when the answer is complete. */
  execute(packet: RawPacket | undefined, connection: RawConnection): boolean {
    if (!packet) {
      connection._resetSequenceId();
      send(connection, this.#statement);
      return false;
    }
    if (packet.buffer[packet.offset] === ERROR) {
      this.#reject(serverError(packet));
      return true;
    }
    return this.receive(packet.buffer, packet.offset, packet.end);
  }

  protected abstract receive(bytes: Buffer, start: number, end: number): boolean;
}

/** SQL text as a statement's buffer. */
export function statementOf(sql: string): Buffer {
  return Buffer.concat([Buffer.alloc(PACKET_HEAD), sqlHead(sql)]);
}

/** The command that SQL text is, or the beginning of. */
export function sqlHead(sql: string): Buffer {
  return Buffer.concat([Buffer.of(COM_QUERY), Buffer.from(sql)]);
}

/** The length-encoded integer at `at`; numbers beyond 2^53 do not occur where Drover reads it. */
export function encodedNumber(bytes: Buffer, at: number): { readonly value: number; readonly next: number } {
  const first = bytes[at]!;
  if (first < 0xfb) return { value: first, next: at + 1 };
  if (first === 0xfc) return { value: bytes.readUInt16LE(at + 1), next: at + 3 };
  if (first === 0xfd) return { value: bytes.readUIntLE(at + 1, 3), next: at + 4 };
  return { value: bytes.readUInt32LE(at + 1) + bytes.readUInt32LE(at + 5) * 0x1_0000_0000, next: at + 9 };
}

function send(connection: RawConnection, statement: Buffer): void {
  const size = statement.length - PACKET_HEAD;
  if (size < MAX_PAYLOAD) {
    header(statement, size, connection.sequenceId);
    connection._bumpSequenceId(1);
    connection.write(statement);
    return;
  }
  // Longer payloads go in parts; a part that is not full, if need be an empty one, ends them.
  for (let from = 0; from <= size; from += MAX_PAYLOAD) {
    const part = statement.subarray(PACKET_HEAD + from, Math.min(PACKET_HEAD + from + MAX_PAYLOAD, statement.length));
    const head = Buffer.allocUnsafe(PACKET_HEAD);
    header(head, part.length, connection.sequenceId);
    connection._bumpSequenceId(1);
    connection.write(head);
    if (part.length > 0) connection.write(part);
  }
}

function header(bytes: Buffer, size: number, sequence: number): void {
  bytes.writeUIntLE(size, 0, 3);
  bytes[3] = sequence;
}

function serverError(packet: RawPacket): ServerError {
  const { buffer, offset, end } = packet;
  const errno = buffer.readUInt16LE(offset + 1);
  const hasState = buffer[offset + 3] === 0x23;
  const sqlState = hasState ? buffer.toString('latin1', offset + 4, offset + 9) : 'HY000';
  const message = buffer.toString('utf8', offset + (hasState ? 9 : 3), end);
  return Object.assign(new Error(message), { errno, sqlState });
}
