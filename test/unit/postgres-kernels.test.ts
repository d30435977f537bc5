// COPY's text by WebAssembly against the plain way: the same bytes for random rows of every type, both ways, however cut.

import { expect, test } from 'vitest';
import { CopyRows } from '../../src/engine/dialects/postgres/reader/copy-rows.ts';
import { FIRST } from '../../src/engine/dialects/postgres/writer/copy-buffer.ts';
import { CopyText, NulCharacter } from '../../src/engine/dialects/postgres/writer/copy-text.ts';
import { BatchWriter } from '../../src/engine/pipeline/batch.ts';
import { type Random, seeded } from '../../src/host/sample/random.ts';
import { type Column, KINDS, randomBatch, randomColumns } from './kernel-values.ts';

const withoutFloats = KINDS.filter(([logical]) => logical.kind !== 'float');

test('random rows are written alike, in pieces of any size', () => {
  const random = seeded(20_261_125);
  for (let round = 0; round < 300; round++) {
    const columns = randomColumns(random, 9, round % 5 === 0 ? KINDS : withoutFloats);
    const batch = randomBatch(random, columns, random.whole(0, 60));
    const enough = random.pick([6, 100, 5000, Infinity]);
    expect(written(columns, batch, false, enough)).toEqual(written(columns, batch, true, enough));
  }
});

test('random rows are read alike, wherever the messages are cut', () => {
  const random = seeded(20_261_126);
  for (let round = 0; round < 300; round++) {
    const columns = randomColumns(random, 9, round % 5 === 0 ? KINDS : withoutFloats);
    const text = written(columns, randomBatch(random, columns, random.whole(1, 60)), true, Infinity);
    const messages = inMessages(random, instantsOf(columns, text));
    expect(read(columns, messages, false)).toEqual(read(columns, messages, true));
  }
});

test('two loaders that take turns do not meet each other’s rows', () => {
  const random = seeded(20_261_127);
  const begin = (): Turn => {
    const columns = randomColumns(random, 5, withoutFloats);
    const logicals = columns.map(({ logical }) => logical);
    const text = new CopyText(logicals, 5, Buffer.alloc(160 * 1024));
    return { columns, batch: randomBatch(random, columns, 50), place: FIRST, text };
  };
  const one = begin();
  const two = begin();
  while (one.place.row < 50 || two.place.row < 50) {
    for (const each of [one, two]) {
      if (each.place.row < 50) each.place = each.text.rows(each.batch, each.place, each.text.length + 300);
    }
  }
  for (const { columns, batch, text } of [one, two]) {
    expect(text.bytes.subarray(5, text.length)).toEqual(written(columns, batch, true, Infinity));
  }
});

test.each([10, 500_000, 1_048_000, 1_048_560, 3_000_000])('a row with a text of %i bytes, between others', (size) => {
  const columns = [{ logical: KINDS[5]![0], make: () => '' }];
  const batch = new BatchWriter();
  for (const text of ['before', '\t'.repeat(size), 'x'.repeat(size), 'behind']) {
    batch.text(text);
    batch.rows++;
  }
  const text = written(columns, batch, true, 128 * 1024);
  // Vitest takes seconds to compare so many bytes.
  expect(written(columns, batch, false, 128 * 1024).equals(text)).toBe(true);
  const messages = inMessages(seeded(1), text);
  const [byKernel, plain] = [false, true].map((way) => read(columns, messages, way));
  expect(byKernel![0]).toBe(4);
  expect(byKernel![1].equals(plain![1])).toBe(true);
});

test.each(['\0', `${'x'.repeat(40)}\0`, `\t\0`])('refuses U+0000 in %j, and says in which column', (text) => {
  const batch = new BatchWriter();
  for (const value of ['1', 'sound', '2', text]) batch.text(value);
  batch.rows = 2;
  const columns = [KINDS[1]![0], KINDS[5]![0]];
  const out = new CopyText(columns, 5, Buffer.alloc(1024));
  const refused = (): unknown => out.rows(batch, FIRST, Infinity);
  expect(refused).toThrow(NulCharacter);
  expect(refused).toThrow(expect.objectContaining({ column: 1 }));
});

test.each(['a\tb\n', 'a\n\n', 'a', 'a\\', 'a\\\n', '\\N', '\n\n'])(
  'a message that holds %j is left to the plain way',
  (payload) => {
    const rows = new CopyRows([KINDS[5]![0]], new BatchWriter());
    expect(rows.takeMessages(message(Buffer.from(payload)), 0)).toBe(0);
  },
);

interface Turn {
  readonly columns: readonly Column[];
  readonly batch: BatchWriter;
  readonly text: CopyText;
  place: typeof FIRST;
}

/** All that goes to the socket, sent whenever `enough` is there. */
function written(columns: readonly Column[], batch: BatchWriter, plain: boolean, enough: number): Buffer {
  const logicals = columns.map(({ logical }) => logical);
  const sent: Buffer[] = [];
  const text = new CopyText(logicals, 5, Buffer.alloc(64), plain);
  for (let place = FIRST; place.row < batch.rows; ) {
    place = text.rows(batch, place, enough);
    if (text.length < enough && place.row < batch.rows) throw new Error('stopped too early');
    sent.push(text.bytes.subarray(5, text.length));
    text.reset(Buffer.alloc(64));
  }
  return Buffer.concat(sent);
}

/** What COPY TO would write: a zone behind moments that have one. */
function instantsOf(columns: readonly Column[], text: Buffer): Buffer {
  const lines = text.toString('latin1').split('\n').slice(0, -1);
  const written = lines.map((line) =>
    line
      .split('\t')
      .map((field, i) => {
        const { logical } = columns[i]!;
        if (logical.kind !== 'timestamp' || !logical.zone || !/\d$| BC$/.test(field)) return field;
        return field.endsWith(' BC') ? `${field.slice(0, -3)}+00 BC` : `${field}+00`;
      })
      .join('\t'),
  );
  return Buffer.from(written.map((line) => `${line}\n`).join(''), 'latin1');
}

/** Mostly a row in each, sometimes half of one, or two; between them now and then a notice. */
function inMessages(random: Random, text: Buffer): Buffer {
  const messages: Buffer[] = [];
  for (let at = 0; at < text.length; ) {
    const rowEnd = text.indexOf(10, at) + 1;
    const cut = random.percent(90) ? rowEnd : random.whole(at + 1, Math.min(text.length, rowEnd + 20));
    messages.push(message(text.subarray(at, cut)));
    if (random.percent(10)) messages.push(Buffer.from([0x4e, 0, 0, 0, 5, 0]));
    at = cut;
  }
  return Buffer.concat(messages);
}

function message(payload: Buffer): Buffer {
  const head = Buffer.from([0x64, 0, 0, 0, 0]);
  head.writeUInt32BE(payload.length + 4, 1);
  return Buffer.concat([head, payload]);
}

/** As CopyOut walks over messages that all are there. */
function read(columns: readonly Column[], messages: Buffer, plain: boolean): readonly [number, Buffer] {
  const out = new BatchWriter();
  const logicals = columns.map(({ logical }) => logical);
  const rows = new CopyRows(logicals, out, plain);
  const batches: Buffer[] = [];
  let count = 0;
  for (let at = 0; at < messages.length; ) {
    at = rows.takeMessages(messages, at);
    if (at < messages.length && !rows.full) {
      const end = at + 1 + messages.readUInt32BE(at + 1);
      if (messages[at] === 0x64) rows.take(messages, at + 5, end);
      at = end;
    }
    batches.push(Buffer.from(out.bytes.subarray(0, out.length)));
    count += out.rows;
    out.clear();
  }
  expect(rows.complete).toBe(true);
  return [count, Buffer.concat(batches)];
}
