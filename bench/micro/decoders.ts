// From what a source sends to a batch: COPY's text, row packets, groups of rows that SQLite wrote as one text.

import Database from 'better-sqlite3';
import { fieldTranscoder, transcodeRow } from '../../src/engine/dialects/mysql/wire/transcode.ts';
import { FIRST } from '../../src/engine/dialects/postgres/copy-buffer.ts';
import { CopyRows } from '../../src/engine/dialects/postgres/copy-rows.ts';
import { CopyText } from '../../src/engine/dialects/postgres/copy-text.ts';
import { GroupLane } from '../../src/engine/dialects/sqlite/group-lane.ts';
import { planScan } from '../../src/engine/dialects/sqlite/scan.ts';
import { BatchWriter, fieldLength } from '../../src/engine/pipeline/batch.ts';
import { fieldText } from '../../src/engine/pipeline/field-text.ts';
import { seeded } from '../../src/host/sample/random.ts';
import { type MicroCase, ROWS } from './case.ts';
import { batchOf, samples } from './samples.ts';

export const decoders: readonly MicroCase[] = [
  { name: 'read rows of PostgreSQL', make: fromCopy },
  { name: 'read rows of MySQL', make: fromPackets },
  { name: 'read rows of SQLite', make: fromSqlite },
];

const VALUES = ROWS * samples.length;

function fromCopy() {
  const batch = batchOf(samples);
  const logicals = samples.map(({ logical }) => logical);
  const text = new CopyText(logicals, 0, Buffer.allocUnsafeSlow(2 * batch.length));
  text.rows(batch, FIRST, Infinity);
  const out = new BatchWriter();
  const rows = new CopyRows(logicals, out);
  return {
    values: VALUES,
    run() {
      out.clear();
      rows.take(text.bytes, 0, text.length);
    },
  };
}

/** All values are short enough for a length of one byte. */
function fromPackets() {
  const { bytes, rows } = batchOf(samples);
  const packets: Buffer[] = [];
  for (let row = 0, at = 0; row < rows; row++) {
    const fields = samples.map(({ logical }) => {
      const start = at + 4;
      at = start + fieldLength(bytes, at);
      const text = Buffer.from(fieldText(logical)(bytes, start, at));
      return Buffer.concat([Buffer.from([text.length]), text]);
    });
    packets.push(Buffer.concat(fields));
  }
  const transcoders = samples.map(({ logical }) => fieldTranscoder(logical));
  const out = new BatchWriter();
  return {
    values: VALUES,
    run() {
      out.clear();
      for (const packet of packets) transcodeRow(packet, 0, transcoders, out);
    },
  };
}

function fromSqlite() {
  const db = new Database(':memory:');
  db.exec(`CREATE TABLE t (id INTEGER PRIMARY KEY, ${samples.map(({ sqlite }, i) => `c${i} ${sqlite}`).join(', ')})`);
  const insert = db.prepare(`INSERT INTO t VALUES (NULL${', ?'.repeat(samples.length)})`);
  const random = seeded(20_261_122);
  for (let row = 0; row < ROWS; row++) insert.run(samples.map(({ value }) => value(random)));
  const columns = samples.map(({ logical, sqlite }, i) => ({ name: `c${i}`, native: sqlite, logical }));
  const plan = planScan(db, { table: { name: 't', staging: null }, columns, filter: null, range: { kind: 'all' } });
  const out = new BatchWriter();
  return {
    values: VALUES,
    run() {
      out.clear();
      const lane = new GroupLane(db, plan, { after: null, upto: null });
      for (let group = lane.read(out); group; group = lane.read(out)) {
        if (!group.taken) throw new Error('a group was refused');
      }
    },
  };
}
