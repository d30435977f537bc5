// Shape: rows as they are read become rows as the mapping wants them, by the transforms of each lane.

import { DroverError } from '../../shared/errors.ts';
import type { LogicalType } from '../../shared/model/logical-type.ts';
import type { Lane, ReadColumn } from '../../shared/model/plan.ts';
import type { BatchWriter, RowBatch } from './batch.ts';
import { chainContext } from './chain-context.ts';
import type { Scanned, Shaping } from './order.ts';
import type { Refuse } from './refusal.ts';
import { RowFields } from './row-fields.ts';
import { type Chain, compileChain, Refused, type Row, type Value } from './transforms/chain.ts';
import { Characters } from './transforms/characters.ts';

type Change = Scanned['changes'][number];

export interface Shaper {
  /**
   * One field a lane, of the type that its shape gives; valid until the next call.
   * Throws `transform.refused` where nobody is told of refused rows.
   */
  shape(batch: RowBatch): RowBatch;
  /** For each row of the last batch its place in the batch it came from. */
  readonly places: Int32Array;
  /** Rows of the last batch, in order, that were refused afterwards: what was changed in them does not count. */
  forget(rows: readonly number[]): void;
  /** What was changed on the way, in words, with the number of values. */
  readonly changes: readonly Change[];
}

/** Null when no lane has a shape. A batch to shape holds the lanes' source columns, and `besides` behind them. */
export function compileShaper(
  table: string,
  lanes: readonly Lane[],
  besides: readonly ReadColumn[],
  shaping: Shaping,
  out: BatchWriter,
  refuse: Refuse | null = null,
): Shaper | null {
  if (lanes.every(({ shape }) => !shape)) return null;
  const columns = [...lanes.map((lane) => ({ name: lane.source, logical: lane.sourceLogical })), ...besides];
  const row = new ReadRow(columns);
  const settles = { some: false };
  const shapes = lanes.flatMap((lane, i) =>
    lane.shape ? new LaneShape(lane, table, shaping, i, refuse, settles) : [],
  );

  let places = new Int32Array(1024);

  /** False when the row is refused; what was written of it is taken back. */
  function write(place: number): boolean {
    const begin = out.length;
    settles.some = false;
    row.uncopied = 0;
    for (const shape of shapes) {
      if (shape.write(row, place, out)) continue;
      out.length = begin;
      return false;
    }
    row.copyBefore(lanes.length, out);
    // Seldom: most rows are as their steps expect them.
    if (settles.some) for (const shape of shapes) shape.keepSettled(out.rows);
    return true;
  }

  return {
    get places() {
      return places;
    },
    forget(rows) {
      for (const shape of shapes) shape.forget(rows);
    },
    get changes() {
      return shapes.flatMap((shape) => shape.changes);
    },
    shape(batch) {
      out.clear();
      if (places.length < batch.rows) places = new Int32Array(batch.rows * 2);
      for (const shape of shapes) shape.begin(places.length);
      let at = 0;
      for (let place = 0; place < batch.rows; place++) {
        at = row.moveTo(batch.bytes, at);
        if (write(place)) places[out.rows++] = place;
      }
      for (const shape of shapes) shape.countChanged(out.rows);
      return out.batch;
    },
  };
}

/** The row under work, by the names that steps use. */
class ReadRow extends RowFields implements Row {
  /** The first lane that is not written yet: what goes as it is read is copied together, up to where a value changes. */
  uncopied = 0;
  readonly #positions: ReadonlyMap<string, number>;

  constructor(columns: readonly { readonly name: string; readonly logical: LogicalType }[]) {
    super(columns.map(({ logical }) => logical));
    this.#positions = new Map(columns.map(({ name }, i) => [name, i]));
  }

  get(column: string): Value {
    const position = this.#positions.get(column);
    // The plan sees to it that every column of a step is read.
    if (position === undefined) throw new Error(`column ${column} is not read`);
    return this.text(position);
  }

  /** The lanes before this one that are not written yet. */
  copyBefore(position: number, out: BatchWriter): void {
    if (this.uncopied < position) this.copy(this.uncopied, position - 1, out);
    this.uncopied = position + 1;
  }
}

/** One for all lanes: no more than one value is worked on at a time. */
const text = new Characters();

/** What became of a value by its steps: it stayed, became another, or NULL. */
const Fate = { kept: 0, changed: 1, emptied: 2 } as const;

/** One lane's chain: from the texts of a row to one field. */
class LaneShape {
  readonly #lane: Lane;
  readonly #table: string;
  readonly #chain: Chain;
  readonly #position: number;
  readonly #refuse: Refuse | null;
  readonly #isBoolean: boolean;
  readonly #stepNames: string;
  /** Values by what became of them: see `Fate`. */
  readonly #fates: [kept: number, changed: number, emptied: number] = [0, 0, 0];
  readonly #settledValues = new Map<string, number>();
  /** Of the row under work. */
  readonly #settles: string[] = [];
  readonly #settled: (words: string) => void;
  /** Of the rows of the batch at hand, by their place in it: a row that another lane refuses leaves its place to the next. */
  #rowFates = new Uint8Array(1024);
  readonly #settledRows = new Map<number, string[]>();

  constructor(
    lane: Lane,
    table: string,
    shaping: Shaping,
    position: number,
    refuse: Refuse | null,
    settles: { some: boolean },
  ) {
    const { steps, gives } = lane.shape!;
    this.#lane = lane;
    this.#table = table;
    this.#chain = compileChain(steps, chainContext(shaping));
    this.#position = position;
    this.#refuse = refuse;
    this.#isBoolean = gives.kind === 'boolean';
    this.#stepNames = [...new Set(steps.map((step) => step.do))].join(', ');
    this.#settled = (words) => {
      settles.some = true;
      this.#settles.push(words);
    };
  }

  get changes(): Change[] {
    const { target } = this.#lane;
    const emptied = this.#fates[Fate.emptied]!;
    const changed = this.#fates[Fate.changed]! + emptied;
    const all: Change[] = [
      { what: `changed by its steps (${this.#stepNames}) in ${target}`, rows: changed, changed: true },
      // These are among the changed ones already.
      { what: `made NULL by its steps in ${target}`, rows: emptied, changed: false },
      ...[...this.#settledValues].map(([what, rows]) => ({ what: `${target}: ${what}`, rows, changed: false })),
    ];
    return all.filter(({ rows }) => rows > 0);
  }

  /** A value that stays is left to be copied. False when it is refused, and somebody was told. Throws `transform.refused` otherwise. */
  write(row: ReadRow, place: number, out: BatchWriter): boolean {
    if (this.#settles.length > 0) this.#settles.length = 0;
    try {
      if (!this.#changeInPlace(row, out)) this.#change(row, out);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return this.#tell(place, error);
    }
    return true;
  }

  /** False where it takes a string; nothing is written then. */
  #changeInPlace(row: ReadRow, out: BatchWriter): boolean {
    const { change } = this.#chain;
    if (change === null || !row.characters(this.#position, text)) return false;
    const after = change(text, row, this.#settled);
    if (after !== undefined || this.#isBoolean) {
      this.#put(row, row.text(this.#position), after === undefined ? text.value : after, out);
      return true;
    }
    if (row.holds(this.#position, text)) {
      this.#rowFates[out.rows] = Fate.kept;
      return true;
    }
    this.#rowFates[out.rows] = text.isNull ? Fate.emptied : Fate.changed;
    row.copyBefore(this.#position, out);
    text.write(out);
    return true;
  }

  #change(row: ReadRow, out: BatchWriter): void {
    const before = row.text(this.#position);
    this.#put(row, before, this.#chain.apply(before, row, this.#settled), out);
  }

  #put(row: ReadRow, before: Value, after: Value, out: BatchWriter): void {
    row.copyBefore(this.#position, out);
    this.#rowFates[out.rows] = after === before ? Fate.kept : after === null ? Fate.emptied : Fate.changed;
    if (after === null) out.null();
    else out.text(this.#isBoolean ? (after === 'true' ? '1' : '0') : after);
  }

  begin(rows: number): void {
    if (this.#rowFates.length < rows) this.#rowFates = new Uint8Array(rows);
    if (this.#settledRows.size > 0) this.#settledRows.clear();
  }

  /** The row moves on, as the so-many-th of the batch, with what was settled in it. */
  keepSettled(place: number): void {
    if (this.#settles.length === 0) return;
    this.#settledRows.set(place, [...this.#settles]);
    for (const words of this.#settles) this.#count(words, 1);
  }

  /** Of the batch at hand, which has so many rows. */
  countChanged(rows: number): void {
    let changed = 0;
    let emptied = 0;
    const fates = this.#rowFates;
    for (let row = 0; row < rows; row++) {
      // Of `Fate` one bit is for each.
      changed += fates[row]! & Fate.changed;
      emptied += fates[row]! >> 1;
    }
    this.#fates[Fate.changed] += changed;
    this.#fates[Fate.emptied] += emptied;
  }

  forget(rows: readonly number[]): void {
    for (const row of rows) {
      this.#fates[this.#rowFates[row]!]!--;
      for (const words of this.#settledRows.get(row) ?? []) this.#count(words, -1);
    }
  }

  #count(words: string, by: number): void {
    const values = (this.#settledValues.get(words) ?? 0) + by;
    if (values === 0) this.#settledValues.delete(words);
    else this.#settledValues.set(words, values);
  }

  #tell(row: number, refused: Refused): false {
    const step = this.#lane.shape?.steps[refused.step]?.do ?? null;
    if (!this.#refuse) throw refusal(this.#table, this.#lane, step, refused.reason);
    this.#refuse({ row, column: this.#lane.source, step, rule: null, reason: refused.reason });
    return false;
  }
}

function refusal(table: string, { source }: Lane, step: string | null, reason: string): DroverError {
  return new DroverError(
    'transform.refused',
    `A value of ${table}.${source} is refused by its step "${step}": ${reason}`,
    {
      hint: 'Change the step, say what becomes of such values ("onFailure"), or leave these rows out with a filter.',
      where: { side: 'source', table, column: source },
    },
  );
}
