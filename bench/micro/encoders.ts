// From a batch to each target's form: COPY's text, literals of an INSERT or values of a bulk one, values to bind, rows of a page.

import { sqlHead } from '../../src/engine/dialects/mysql/wire/command.ts';
import { bulkRows } from '../../src/engine/dialects/mysql/writer/bulk-rows-kernel.ts';
import { fieldEncoder } from '../../src/engine/dialects/mysql/writer/encode.ts';
import { StatementBytes } from '../../src/engine/dialects/mysql/writer/statement-bytes.ts';
import { CopyBinary, copyBinaryKernel } from '../../src/engine/dialects/postgres/writer/copy-binary.ts';
import { FIRST } from '../../src/engine/dialects/postgres/writer/copy-buffer.ts';
import { CopyText } from '../../src/engine/dialects/postgres/writer/copy-text.ts';
import { binderFor } from '../../src/engine/dialects/sqlite/writer/binders.ts';
import { formOf, openParcelKernel } from '../../src/engine/dialects/sqlite/writer/parcel-kernel.ts';
import { fieldLength, type RowBatch } from '../../src/engine/pipeline/batch.ts';
import type { TargetColumn } from '../../src/shared/model/plan.ts';
import type { MicroCase } from './case.ts';
import { batchOf, type Sample, samples } from './samples.ts';

export const encoders: readonly MicroCase[] = samples.flatMap((sample) => [
  { name: `write ${sample.name} for PostgreSQL`, make: () => toCopy(sample) },
  { name: `write ${sample.name} for PostgreSQL, binary`, make: () => toBinaryCopy(sample) },
  { name: `write ${sample.name} for MySQL`, make: () => toInsert(sample) },
  { name: `write ${sample.name} for MariaDB, in bulk`, make: () => toBulk(sample) },
  { name: `write ${sample.name} for SQLite`, make: () => toBind(sample) },
  { name: `write ${sample.name} for SQLite, in a parcel`, make: () => toParcel(sample) },
]);

function toCopy(sample: Sample) {
  const batch = batchOf([sample]);
  const out = new CopyText([sample.logical], 5, Buffer.allocUnsafeSlow(2 * batch.length + 1024));
  return {
    values: batch.rows,
    run() {
      out.reset(out.bytes);
      out.rows(batch, FIRST, Infinity);
    },
  };
}

function toBinaryCopy(sample: Sample) {
  const batch = batchOf([sample]);
  const standing = [{ name: 'c', type: sample.postgres, isEnum: false }];
  const kernel = copyBinaryKernel([{ name: 'c', logical: sample.logical }], standing)!;
  const out = new CopyBinary(kernel, 5, Buffer.allocUnsafeSlow(2 * batch.length + 1024));
  return {
    values: batch.rows,
    run() {
      out.reset(out.bytes);
      if (out.rows(batch, FIRST, Infinity).row < batch.rows) throw new Error('a row was left');
    },
  };
}

function toInsert(sample: Sample) {
  const batch = batchOf([sample]);
  const encode = fieldEncoder(columnOf(sample, sample.mysql), 'MySQL');
  const out = new StatementBytes(sqlHead('INSERT INTO t VALUES '), 1, 2 * batch.length);
  return {
    values: batch.rows,
    run() {
      out.clear();
      eachField(batch, (start, end) => {
        const misfit = encode(batch.bytes, start, end, out);
        if (misfit !== null) throw new Error(misfit);
      });
    },
  };
}

function toBulk(sample: Sample) {
  const batch = batchOf([sample]);
  const { kernel } = bulkRows([columnOf(sample, sample.mysql)])!;
  return {
    values: batch.rows,
    run() {
      kernel.begin(batch);
      for (let at = 0, left = batch.rows; left > 0; ) {
        const encoded = kernel.encode(at, left, batch.length);
        if (encoded.rows === 0) throw new Error('a row was left');
        at = encoded.next;
        left -= encoded.rows;
      }
    },
  };
}

function toBind(sample: Sample) {
  const batch = batchOf([sample]);
  const bind = binderFor(columnOf(sample, sample.sqlite), 't');
  const bound = new Array<unknown>(20);
  return {
    values: batch.rows,
    run() {
      let i = 0;
      eachField(batch, (start, end) => {
        bound[i++ % bound.length] = bind(batch.bytes, start, end);
      });
    },
  };
}

function toParcel(sample: Sample) {
  const batch = batchOf([sample]);
  const { exports, bytes } = openParcelKernel();
  bytes[exports.FORMS] = formOf(columnOf(sample, sample.sqlite));
  return {
    values: batch.rows,
    run() {
      exports.begin();
      batch.bytes.copy(bytes, exports.BATCH, 0, batch.length);
      for (let next = 0, left = batch.rows; left > 0; ) {
        const why = exports.add(next, left, 1);
        next = exports.next;
        left -= exports.rows;
        if (why === exports.FULL) exports.emptied();
        else if (why !== exports.DONE) throw new Error('a row was left');
      }
      exports.finish();
    },
  };
}

function columnOf({ logical }: Sample, native: string): TargetColumn {
  return { name: 'c', native, logical, nullable: true } as TargetColumn;
}

function eachField({ bytes, rows }: RowBatch, visit: (start: number, end: number) => void): void {
  let at = 0;
  for (let row = 0; row < rows; row++) {
    const start = at + 4;
    at = start + fieldLength(bytes, at);
    visit(start, at);
  }
}
