// Rows in COPY's binary format, which costs the server a third less than text; a value that it can't tell stops it.

import type { LogicalType } from '../../../../shared/model/logical-type.ts';
import type { RowBatch } from '../../../pipeline/batch.ts';
import { EncodingKernel } from '../../../pipeline/encoding-kernel.ts';
import { literal } from '../syntax.ts';
import { WASM } from './copy-binary.wasm.ts';
import { CopyBuffer, type Place } from './copy-buffer.ts';

/** Signature, flags, and no extension of the header. */
const HEADER = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
/** In place of a row's number of fields. */
const TRAILER = Buffer.from([0xff, 0xff]);

export class CopyBinary extends CopyBuffer {
  readonly #kernel: EncodingKernel;
  #taken = false;

  constructor(kernel: EncodingKernel, head: number, bytes: Buffer) {
    super(head, bytes);
    this.#kernel = kernel;
    this.length += HEADER.copy(this.bytes, this.length);
  }

  override rows(batch: RowBatch, place: Place, enough: number): Place {
    if (place.row === 0) this.#taken = this.#kernel.begin(batch);
    if (!this.#taken) return place;
    let next = place;
    while (next.row < batch.rows && this.length < enough) {
      const encoded = this.#kernel.encode(next.at, batch.rows - next.row, enough - this.length);
      if (encoded.rows === 0) return next;
      next = this.append(next, encoded);
    }
    return next;
  }

  /** Nothing may come behind it. */
  end(): void {
    if (this.length + TRAILER.length > this.bytes.length) this.grow(TRAILER.length);
    this.length += TRAILER.copy(this.bytes, this.length);
  }
}

/** A column of the table as it stands in the server: there a number sent for a timestamp would be taken for one. */
export interface StandingColumn {
  readonly name: string;
  /** Its number in pg_type. */
  readonly type: number;
  readonly isEnum: boolean;
}

/** Asks for the types of a table's columns as they stand; `reference` is its quoted name. */
export function standingSql(reference: string): string {
  return `SELECT attname AS name, atttypid::text AS type, typtype AS kind
     FROM pg_attribute JOIN pg_type ON pg_type.oid = atttypid
     WHERE attrelid = ${literal(reference)}::regclass AND attnum > 0 AND NOT attisdropped`;
}

export function standingColumns(rows: readonly Readonly<Record<string, string>>[]): StandingColumn[] {
  return rows.map(({ name, type, kind }) => ({ name: name!, type: Number(type), isEnum: kind === 'e' }));
}

/** Null where a column's type and what is sent there are not known to be the same in this format. */
export function copyBinaryKernel(
  columns: readonly { readonly name: string; readonly logical: LogicalType }[],
  standing: readonly StandingColumn[],
): EncodingKernel | null {
  const forms = columns.map(({ name, logical }) => {
    const column = standing.find((each) => each.name === name);
    if (!column) return null;
    return column.isEnum ? asLabel(logical) : (FORMS_OF.get(column.type)?.(logical) ?? null);
  });
  return EncodingKernel.of(WASM, forms);
}

/** As kernels/copy-binary.ts numbers them. */
const FORMS = {
  text: 0,
  int2: 1,
  int4: 2,
  int8: 3,
  boolean: 4,
  bytes: 5,
  float8: 6,
  float4: 7,
  date: 8,
  timestamp: 9,
  time: 10,
  uuid: 11,
  numeric: 12,
  jsonb: 13,
} as const;

type FormOf = (logical: LogicalType) => number | null;

const of =
  (kinds: readonly LogicalType['kind'][], form: number): FormOf =>
  ({ kind }) =>
    kinds.includes(kind) ? form : null;

/** What COPY's text format writes as it stands in the batch. */
const asText: FormOf = ({ kind }) => (['boolean', 'float', 'binary'].includes(kind) ? null : FORMS.text);
const asLabel = of(['enum', 'text'], FORMS.text);

/** By the numbers that PostgreSQL's own types have in every database. */
const FORMS_OF: ReadonlyMap<number, FormOf> = new Map([
  [16, of(['boolean'], FORMS.boolean)],
  [17, of(['binary'], FORMS.bytes)],
  [20, of(['integer'], FORMS.int8)],
  [21, of(['integer'], FORMS.int2)],
  [23, of(['integer'], FORMS.int4)],
  [25, asText],
  [114, of(['json', 'text'], FORMS.text)],
  // A double may be rounded to its text first: only what was a float is the same either way.
  [700, (logical) => (logical.kind === 'float' && logical.bits === 32 ? FORMS.float4 : null)],
  [701, of(['float'], FORMS.float8)],
  [1042, asText],
  [1043, asText],
  [1082, of(['date'], FORMS.date)],
  [1083, (logical) => (logical.kind === 'time' && !logical.zone ? FORMS.time : null)],
  [1114, (logical) => (logical.kind === 'timestamp' && !logical.zone ? FORMS.timestamp : null)],
  [1184, (logical) => (logical.kind === 'timestamp' && logical.zone ? FORMS.timestamp : null)],
  [1700, of(['decimal', 'integer'], FORMS.numeric)],
  [2950, of(['uuid'], FORMS.uuid)],
  [3802, of(['json', 'text'], FORMS.jsonb)],
]);
