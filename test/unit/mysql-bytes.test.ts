// Bytes in and out: row packets into batches, fields of a batch into literals.

import { describe, expect, test } from 'vitest';
import { parseType } from '../../src/engine/dialects/mysql/type-parse.ts';
import { fieldTranscoder, transcodeRow } from '../../src/engine/dialects/mysql/wire/transcode.ts';
import { fieldEncoder } from '../../src/engine/dialects/mysql/writer/encode.ts';
import { StatementBytes } from '../../src/engine/dialects/mysql/writer/statement-bytes.ts';
import { BatchWriter, fieldLength, NULL_LENGTH } from '../../src/engine/pipeline/batch.ts';
import type { LogicalType } from '../../src/shared/model/logical-type.ts';

/** Fields of one row after transcoding; null for NULL. */
function transcoded(packet: Buffer, logicals: LogicalType[]): (Buffer | null)[] {
  const out = new BatchWriter();
  transcodeRow(packet, 0, logicals.map(fieldTranscoder), out);
  const fields: (Buffer | null)[] = [];
  for (let at = 0; at < out.length; ) {
    const size = fieldLength(out.bytes, at);
    at += 4;
    fields.push(size === NULL_LENGTH ? null : Buffer.from(out.bytes.subarray(at, at + size)));
    if (size !== NULL_LENGTH) at += size;
  }
  return fields;
}

const text: LogicalType = { kind: 'text', length: null, fixed: false };

describe('transcodeRow', () => {
  test('reads short, longer and long fields, empty ones and NULL', () => {
    const middle = Buffer.alloc(300, 0x61);
    const long = Buffer.alloc(70_000, 0x62);
    const packet = Buffer.concat([
      Buffer.from([0]),
      Buffer.from([0xfb]),
      Buffer.from([0xfc, 300 & 0xff, 300 >> 8]),
      middle,
      Buffer.from([0xfd, 70_000 & 0xff, (70_000 >> 8) & 0xff, 70_000 >> 16]),
      long,
      Buffer.from([0xfe, 1, 0, 0, 0, 0, 0, 0, 0, 0x63]),
    ]);
    expect(transcoded(packet, [text, text, text, text, text])).toEqual([
      Buffer.alloc(0),
      null,
      middle,
      long,
      Buffer.from('c'),
    ]);
  });

  test('makes doubles, bits and lower-case uuids', () => {
    const packet = Buffer.concat([
      Buffer.from('\x04-0.5', 'latin1'),
      Buffer.from([2, 0x01, 0x05]),
      Buffer.from('\x24', 'latin1'),
      Buffer.from('AAAAAAAA-0000-0000-0000-00000000000B'),
    ]);
    const [double, bits, uuid] = transcoded(packet, [
      { kind: 'float', bits: 64 },
      { kind: 'bit', length: 10, varying: false },
      { kind: 'uuid' },
    ]);
    expect(double?.readDoubleBE(0)).toBe(-0.5);
    expect(bits?.toString()).toBe('0100000101');
    expect(uuid?.toString()).toBe('aaaaaaaa-0000-0000-0000-00000000000b');
  });
});

/** The literal, or the reason for a refusal. */
function encoded(native: string, value: string | Buffer | number): string {
  const logical = parseType(native)!;
  const encode = fieldEncoder(
    {
      name: 'c',
      native,
      logical,
      nullable: true,
      default: null,
      identity: null,
      generated: null,
      touchedOnUpdate: false,
      binaryCollation: false,
      comment: null,
    },
    'MySQL',
  );
  let bytes = typeof value === 'string' ? Buffer.from(value) : value;
  if (typeof bytes === 'number') {
    const double = Buffer.alloc(8);
    double.writeDoubleBE(bytes);
    bytes = double;
  }
  const out = new StatementBytes(Buffer.alloc(0), 1, 1024);
  const start = out.length;
  const refused = encode(bytes, 0, bytes.length, out);
  return refused ?? out.bytes.toString('latin1', start, out.length);
}

describe('fieldEncoder', () => {
  test.each<[string, string | Buffer | number, string]>([
    ['bigint unsigned', '18446744073709551615', '18446744073709551615'],
    ['decimal(10,2)', '-0.10', '-0.10'],
    ['double', 0.1, '0.1e0'],
    ['double', 1e300, '1e+300'],
    ['double', -0, '-0e0'],
    ['bit(3)', '101', "b'101'"],
    ['text', "it's \\ \0", "'it\\'s \\\\ \\0'"],
    ['varbinary(9)', Buffer.from([0xff, 0x27, 0, 0x5c]), "_binary'\xff\\'\\0\\\\'"],
    ['binary(2)', Buffer.from('ab'), "_binary'ab'"],
    ['datetime(3)', '2024-01-01 00:00:00.120000', "'2024-01-01 00:00:00.120000'"],
    ['time', '-100:30:00', "'-100:30:00'"],
    ["enum('a','2')", '2', "'2'"],
    ["enum('a','2')", '', "''"],
    ["set('x','y')", 'x,y', "'x,y'"],
    ["set('x','y')", '', "''"],
    ['point', 'POINT(1 2)', "ST_GeomFromText('POINT(1 2)')"],
    ['point srid 4326', 'POINT(1 2)', "ST_GeomFromText('POINT(1 2)', 4326, 'axis-order=long-lat')"],
  ])('%s takes %j', (native, value, sql) => expect(encoded(native, value)).toBe(sql));

  test.each<[string, string | Buffer | number, RegExp]>([
    ['int', '1) OR (1', /not a finite number/],
    ['decimal(10,2)', 'NaN', /not a finite number/],
    ['double', Number.NaN, /NaN/],
    ['bit(3)', '1a1', /bits/],
    ['binary(2)', Buffer.from('a'), /shorter/],
    ['datetime(3)', '2024-01-01 00:00:00.1234', /finer/],
    ['time', '10:00:00.5', /finer/],
    ["enum('a','2')", '1', /none of the labels/],
    ["set('x','y')", '3', /none of the labels/],
  ])('%s refuses %j', (native, value, reason) => expect(encoded(native, value)).toMatch(reason));
});
