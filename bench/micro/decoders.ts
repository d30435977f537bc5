// From what a source sends to a batch: COPY's text, row packets, groups of rows that SQLite wrote as one text.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { resultRowsKernel } from '../../src/engine/dialects/mysql/wire/result-rows-kernel.ts';
import { fieldTranscoder, transcodeRow } from '../../src/engine/dialects/mysql/wire/transcode.ts';
import { CopyRows } from '../../src/engine/dialects/postgres/reader/copy-rows.ts';
import { FIRST } from '../../src/engine/dialects/postgres/writer/copy-buffer.ts';
import { CopyText } from '../../src/engine/dialects/postgres/writer/copy-text.ts';
import { copyOf } from '../../src/engine/dialects/sqlite/pages/page-file.ts';
import { PageLane } from '../../src/engine/dialects/sqlite/pages/page-lane.ts';
import { GroupLane } from '../../src/engine/dialects/sqlite/reader/group-lane.ts';
import { planScan, type ScanPlan } from '../../src/engine/dialects/sqlite/scan.ts';
import { BATCH_BYTES, BatchWriter, fieldLength } from '../../src/engine/pipeline/batch.ts';
import { fieldText } from '../../src/engine/pipeline/field-text.ts';
import { seeded } from '../../src/host/sample/random.ts';
import type { ReadColumn } from '../../src/shared/model/plan.ts';
import { type MicroCase, ROWS } from './case.ts';
import { batchOf, type Sample, samples } from './samples.ts';

export const decoders: readonly MicroCase[] = [
  { name: 'read rows of PostgreSQL', make: fromCopy },
  { name: 'read rows of MySQL', make: fromPackets },
  { name: 'read rows of SQLite', make: fromSqlite },
  { name: 'read messages of PostgreSQL by a kernel', make: fromMessages },
  { name: 'read packets of MySQL by a kernel', make: fromRuns },
  { name: 'read pages of SQLite by a kernel', make: fromPages },
];

/** Floats are read by the runtime alone. */
const WITHOUT_FLOATS = samples.filter(({ logical }) => logical.kind !== 'float');

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

/** A message of a row each, as the server sends them. */
function fromMessages() {
  const batch = batchOf(WITHOUT_FLOATS);
  const logicals = WITHOUT_FLOATS.map(({ logical }) => logical);
  const text = new CopyText(logicals, 0, Buffer.allocUnsafeSlow(2 * batch.length));
  text.rows(batch, FIRST, Infinity);
  const lines = text.bytes.toString('latin1', 0, text.length).split('\n').slice(0, -1);
  const messages = Buffer.concat(
    lines.map((line) => {
      const head = Buffer.from([0x64, 0, 0, 0, 0]);
      head.writeUInt32BE(line.length + 5, 1);
      return Buffer.concat([head, Buffer.from(`${line}\n`, 'latin1')]);
    }),
  );
  const out = new BatchWriter();
  const rows = new CopyRows(logicals, out);
  return {
    values: ROWS * WITHOUT_FLOATS.length,
    run() {
      for (let at = 0; at < messages.length; ) {
        out.clear();
        const next = rows.takeMessages(messages, at);
        if (next === at) throw new Error('a message was left');
        at = next;
      }
    },
  };
}

/** All values are short enough for a length of one byte. */
function packetsOf(columns: readonly Sample[]): Buffer[] {
  const { bytes, rows } = batchOf(columns);
  const packets: Buffer[] = [];
  for (let row = 0, at = 0; row < rows; row++) {
    const fields = columns.map(({ logical }) => {
      const start = at + 4;
      at = start + fieldLength(bytes, at);
      const text = Buffer.from(fieldText(logical)(bytes, start, at));
      return Buffer.concat([Buffer.from([text.length]), text]);
    });
    packets.push(Buffer.concat(fields));
  }
  return packets;
}

function fromPackets() {
  const packets = packetsOf(samples);
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

function fromRuns() {
  const packets = packetsOf(WITHOUT_FLOATS).map((packet, i) =>
    Buffer.concat([Buffer.from([packet.length, 0, 0, i & 0xff]), packet]),
  );
  const bytes = Buffer.concat(packets);
  const kernel = resultRowsKernel(WITHOUT_FLOATS.map(({ logical }) => logical))!;
  const out = new BatchWriter();
  return {
    values: ROWS * WITHOUT_FLOATS.length,
    run() {
      for (let at = 0; at < bytes.length; ) {
        out.clear();
        const next = kernel.decode(bytes, at, out, BATCH_BYTES).at;
        if (next === at) throw new Error('a packet was left');
        at = next;
      }
    },
  };
}

function filled(db: Database.Database): ReadColumn[] {
  db.exec(`CREATE TABLE t (id INTEGER PRIMARY KEY, ${samples.map(({ sqlite }, i) => `c${i} ${sqlite}`).join(', ')})`);
  const insert = db.prepare(`INSERT INTO t VALUES (NULL${', ?'.repeat(samples.length)})`);
  const random = seeded(20_261_122);
  for (let row = 0; row < ROWS; row++) insert.run(samples.map(({ value }) => value(random)));
  return samples.map(({ logical, sqlite }, i) => ({ name: `c${i}`, native: sqlite, logical }));
}

function planned(db: Database.Database, columns: readonly ReadColumn[]): ScanPlan {
  return planScan(db, { table: { name: 't', staging: null }, columns, filter: null, range: { kind: 'all' } });
}

function fromSqlite() {
  const db = new Database(':memory:');
  const plan = planned(db, filled(db));
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

function fromPages() {
  const folder = mkdtempSync(join(tmpdir(), 'drover-bench-pages-'));
  const path = join(folder, 't.db');
  const db = new Database(path);
  const plan = db.transaction(() => planned(db, filled(db)))();
  const out = new BatchWriter();
  return {
    values: VALUES,
    run() {
      const file = copyOf(path);
      const lane = PageLane.open(db, file, plan)!;
      for (let read = lane.read(out); read !== 'end'; read = lane.read(out)) {
        if (read !== 'rows') throw new Error('a row was left');
        out.clear();
      }
      file.close();
    },
    done() {
      db.close();
      rmSync(folder, { recursive: true });
    },
  };
}
