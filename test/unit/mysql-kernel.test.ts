// Row packets by WebAssembly against the plain way: the same batches for random rows, wherever the socket cuts the bytes.

import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Command, PacketParser, RawConnection } from '../../src/engine/dialects/mysql/wire/command.ts';
import { RowStream } from '../../src/engine/dialects/mysql/wire/rows.ts';
import { lendsBytes } from '../../src/engine/dialects/mysql/wire/socket.ts';
import { type Random, seeded } from '../../src/host/sample/random.ts';
import type { LogicalType } from '../../src/shared/model/logical-type.ts';

const TEXT: LogicalType = { kind: 'text', length: null, fixed: false };
const COLUMNS: readonly LogicalType[] = [
  TEXT,
  { kind: 'integer', bits: 64, unsigned: true },
  { kind: 'uuid' },
  { kind: 'bit', length: 1, varying: false },
  { kind: 'bit', length: 64, varying: false },
  { kind: 'float', bits: 64 },
];
const MAX_PAYLOAD = 0xff_ffff;

test('random rows, cut anywhere', async () => {
  const random = seeded(20_261_128);
  for (let round = 0; round < 200; round++) {
    const columns = Array.from({ length: random.whole(1, 6) }, () =>
      random.pick(round % 4 ? COLUMNS.slice(0, 5) : COLUMNS),
    );
    const rows = Array.from({ length: random.whole(0, 80) }, () => rowOf(random, columns));
    const bytes = resultOf(columns, rows, random.percent(80) ? EOF : ERROR);
    const cuts = Array.from({ length: random.whole(0, 12) }, () => random.whole(0, bytes.length));
    expect(await answered(columns, bytes, cuts, false)).toEqual(await answered(columns, bytes, [], true));
  }
});

test('rows of several megabytes, and one that needs more than one packet, between short ones', async () => {
  for (const size of [300_000, 700_000, 5_000_000, MAX_PAYLOAD - 10, MAX_PAYLOAD, 2 * MAX_PAYLOAD + 3]) {
    const rows = ['a', 'x'.repeat(size), 'b'].map((text) => field(Buffer.from(text)));
    const bytes = resultOf([TEXT], rows, EOF);
    const cuts = Array.from({ length: Math.floor(bytes.length / 65_000) }, (_, i) => i * 65_000);
    expect(await answered([TEXT], bytes, cuts, false)).toEqual(await answered([TEXT], bytes, [], true));
  }
});

test('the next command gets what follows the end of the result', async () => {
  const first = resultOf([TEXT], [field(Buffer.from('one'))], EOF);
  const second = resultOf([TEXT], [field(Buffer.from('two'))], EOF);
  const connection = new Driver();
  const streams = [0, 1].map(() => new RowStream(connection, 'SELECT 1', [TEXT]));
  connection.arrive(Buffer.concat([first, second]));
  const texts = await Promise.all(streams.map(async (stream) => (await stream.next())?.bytes.toString('latin1', 4, 7)));
  expect(texts).toEqual(['one', 'two']);
});

test('after a giant row the socket waits until it is used, and then goes on', async () => {
  const rows = ['a', 'x'.repeat(5_000_000), 'b', 'y'.repeat(5_000_000), 'z'.repeat(5_000_000), 'c'];
  const bytes = resultOf(
    [TEXT],
    rows.map((text) => field(Buffer.from(text))),
    EOF,
  );
  const connection = new Driver();
  const stream = new RowStream(connection, 'SELECT 1', [TEXT]);
  const lengths: number[] = [];
  let at = 0;
  let giantsAhead = 0;
  connection.flow = () => {
    for (; !connection.paused && at < bytes.length; at += 65_536) connection.arrive(bytes.subarray(at, at + 65_536));
    giantsAhead = Math.max(giantsAhead, Math.floor(at / 5_000_000) - lengths.filter((size) => size > 4_000_000).length);
  };
  connection.flow();
  for (let batch = await stream.next(); batch; batch = await stream.next()) lengths.push(batch.length);
  expect(lengths.reduce((sum, size) => sum + size, 0)).toBe(rows.reduce((sum, text) => sum + 4 + text.length, 0));
  expect(giantsAhead).toBe(1);
});

/** What mysql2 does with bytes and commands, as far as it matters here. */
class Driver implements RawConnection, PacketParser {
  paused = false;
  /** What the socket does as long as nobody holds it. */
  flow = (): void => undefined;
  stream = {
    pause: () => {
      this.paused = true;
    },
    resume: () => {
      this.paused = false;
      setImmediate(() => this.flow());
    },
  } as unknown as RawConnection['stream'];
  sequenceId = 0;
  packetParser: PacketParser = this;
  #commands: Command[] = [];
  #rest: Buffer = Buffer.alloc(0);
  #parts: Buffer[] = [];

  /** As from a socket that overwrites what it lends. */
  arrive(bytes: Buffer): void {
    const lent = lendsBytes(this.stream);
    const given = Buffer.from(bytes);
    this.packetParser.execute(given);
    if (lent) given.fill(0x55);
  }

  addCommand(command: Command): void {
    this.#commands.push(command);
    if (this.#commands.length === 1) command.execute(undefined, this);
  }

  /** Takes packets whole, and parts of long ones together. */
  execute(incoming: Buffer): void {
    let bytes = Buffer.concat([this.#rest, incoming]);
    while (bytes.length >= 4 && bytes.length >= 4 + bytes.readUIntLE(0, 3)) {
      const end = 4 + bytes.readUIntLE(0, 3);
      this.#parts.push(bytes.subarray(4, end));
      bytes = bytes.subarray(end);
      if (end === 4 + MAX_PAYLOAD) continue;
      const payload = Buffer.concat(this.#parts);
      this._bumpSequenceId(this.#parts.length);
      this.#parts = [];
      this.#rest = bytes;
      const done = this.#commands[0]!.execute({ buffer: payload, offset: 0, end: payload.length }, this);
      if (done) {
        this.#commands.shift();
        this.#commands[0]?.execute(undefined, this);
      }
    }
    this.#rest = bytes;
  }

  write(): void {}

  _resetSequenceId(): void {
    this.sequenceId = 0;
  }

  _bumpSequenceId(packets: number): void {
    this.sequenceId = (this.sequenceId + packets) % 256;
  }
}

/** All rows, or the error, and the number that the driver expects next. */
async function answered(columns: readonly LogicalType[], bytes: Buffer, cuts: number[], plain: boolean) {
  const connection = new Driver();
  const stream = new RowStream(connection, 'SELECT 1', columns, plain);
  const places = [0, ...cuts.sort((a, b) => a - b), bytes.length];
  for (let i = 1; i < places.length; i++) {
    if (places[i]! > places[i - 1]!) connection.arrive(bytes.subarray(places[i - 1], places[i]));
  }
  const taken: Buffer[] = [];
  let rows = 0;
  try {
    for (let batch = await stream.next(); batch; batch = await stream.next()) {
      taken.push(Buffer.from(batch.bytes.subarray(0, batch.length)));
      rows += batch.rows;
    }
  } catch (error) {
    return { error: (error as Error).message, sequence: connection.sequenceId };
  }
  return { rows, bytes: short(Buffer.concat(taken)), sequence: connection.sequenceId };
}

/** What vitest would compare byte by byte, in seconds. */
function short(bytes: Buffer): string {
  return bytes.length < 1000 ? bytes.toString('latin1') : createHash('sha1').update(bytes).digest('hex');
}

const EOF = Buffer.from([0xfe, 0, 0, 2, 0]);
const ERROR = Buffer.concat([Buffer.from([0xff, 0x51, 0x04]), Buffer.from('#HY000interrupted')]);

/** The number of columns, one packet for each, the mark behind them, the rows, the end. */
function resultOf(columns: readonly LogicalType[], rows: readonly Buffer[], end: Buffer): Buffer {
  const heading = [Buffer.from([columns.length]), ...columns.map(() => Buffer.from('def')), EOF];
  let sequence = 1;
  const packets: Buffer[] = [];
  for (const payload of [...heading, ...rows, end]) {
    for (let at = 0; ; at += MAX_PAYLOAD) {
      const part = payload.subarray(at, at + MAX_PAYLOAD);
      const head = Buffer.alloc(4);
      head.writeUIntLE(part.length, 0, 3);
      head[3] = sequence++ % 256;
      packets.push(head, part);
      if (part.length < MAX_PAYLOAD) break;
    }
  }
  return Buffer.concat(packets);
}

function rowOf(random: Random, columns: readonly LogicalType[]): Buffer {
  return Buffer.concat(
    columns.map((logical) => (random.percent(12) ? Buffer.from([0xfb]) : field(valueFor(random, logical)))),
  );
}

function valueFor(random: Random, logical: LogicalType): Buffer {
  switch (logical.kind) {
    case 'uuid':
      return Buffer.from(random.pick(['01234567-89AB-CDEF-0123-456789ABCDEF', '01234567-89ab-cdef-0123-456789abcdef']));
    case 'bit':
      return Buffer.from(Array.from({ length: Math.ceil((logical.length ?? 1) / 8) }, () => random.whole(0, 255)));
    case 'float':
      return Buffer.from(random.pick(['0', '-0', '1.5', '1e300', '-2.2250738585072014e-308']));
    case 'integer':
      return Buffer.from(random.pick(['0', '18446744073709551615', String(random.whole(0, 1e9))]));
    default:
      return Buffer.from(
        random.pick(['', 'a', '😀', '\0', 'ÿ'.repeat(random.whole(0, 200)), 'x'.repeat(random.whole(200, 70_000))]),
      );
  }
}

/** A length-encoded string. */
function field(bytes: Buffer): Buffer {
  const { length } = bytes;
  if (length < 0xfb) return Buffer.concat([Buffer.from([length]), bytes]);
  const head = Buffer.alloc(length < 0x1_0000 ? 3 : length < 0x100_0000 ? 4 : 9);
  head[0] = length < 0x1_0000 ? 0xfc : length < 0x100_0000 ? 0xfd : 0xfe;
  head.writeUIntLE(length, 1, Math.min(6, head.length - 1));
  return Buffer.concat([head, bytes]);
}
