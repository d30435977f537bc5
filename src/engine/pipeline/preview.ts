// Preview: the first rows before and after the conversion that the run will use.

import { DroverError } from '../../shared/errors.ts';
import type { LogicalType } from '../../shared/model/logical-type.ts';
import type { Lane } from '../../shared/model/plan.ts';
import type { Preview, PreviewCell } from '../../shared/model/preview.ts';
import { BatchWriter, fieldLength, NULL_LENGTH } from './batch.ts';
import { canonicaliser } from './canonical.ts';
import { compileConverter, convertible, type Limits } from './convert.ts';
import type { FirstRows } from './first-rows.ts';
import { type Holding, misfitOf } from './fits.ts';
import { printable } from './printable.ts';

export interface PreviewColumn {
  readonly lane: Lane;
  /** The target's own words. */
  readonly targetType: string;
  readonly nullable: boolean;
}

export interface PreviewRequest {
  /** The source's name for it. */
  readonly table: string;
  readonly columns: readonly PreviewColumn[];
  readonly limits: Limits;
  readonly target: Holding;
}

/** A value that is refused ends nothing: it is told in its cell, and why in its column. */
export function previewOf(first: FirstRows, request: PreviewRequest): Preview {
  const columns = request.columns.map((column, i) => previewColumn(column, i, first, request));
  return {
    columns: columns.map(({ cells, column: { lane, targetType }, reason }) => {
      const inState = (state: PreviewCell['state']) => cells.filter((cell) => cell.state === state).length;
      return {
        source: lane.source,
        target: lane.target,
        sourceType: lane.sourceNative,
        targetType,
        changed: inState('changed'),
        nulled: inState('nulled'),
        refused: inState('refused'),
        reason,
      };
    }),
    rows: first.rows.map((_, row) => columns.map(({ cells }) => cells[row]!)),
  };
}

interface ColumnCells {
  readonly column: PreviewColumn;
  readonly cells: readonly PreviewCell[];
  /** Of the first refusal. */
  readonly reason: string | null;
}

function previewColumn(column: PreviewColumn, index: number, first: FirstRows, request: PreviewRequest): ColumnCells {
  const convert = cellConverter(column, request);
  const misfits = new Map(first.misfits.filter((each) => each.column === index).map((each) => [each.row, each]));
  let reason: string | null = null;

  const cells = first.rows.map((row, at): PreviewCell => {
    const misfit = misfits.get(at);
    const field = row[index] ?? null;
    if (!misfit && field === null) return { before: null, after: null, state: 'same' };
    const before = misfit ? misfit.text : shown(field!, column.lane.sourceLogical);
    try {
      if (misfit) throw refusal(misfit.reason);
      const converted = convert(field!);
      if (converted === null) return { before, after: null, state: 'nulled' };
      const after = shown(converted, column.lane.targetLogical);
      return { before, after, state: after === before ? 'same' : 'changed' };
    } catch (error) {
      if (!(error instanceof DroverError) || error.code !== 'convert.not-representable') throw error;
      reason ??= error.message;
      return { before, after: null, state: 'refused' };
    }
  });
  return { column, cells, reason };
}

/** The run's own converter for one field. Null is a value that becomes NULL; throws `convert.not-representable`. */
function cellConverter({ lane, targetType, nullable }: PreviewColumn, request: PreviewRequest) {
  const { table, limits, target } = request;
  const name = `${table}.${lane.source}`;
  if (!convertible(lane.sourceLogical, lane.targetLogical)) {
    return (): never => {
      throw refusal(`${name} can't be turned from ${lane.sourceNative} into ${targetType}.`);
    };
  }
  const field = new BatchWriter(4096);
  const converter = compileConverter(table, [lane], limits, new BatchWriter(4096));

  return (bytes: Buffer): Buffer | null => {
    field.clear();
    field.field(bytes, 0, bytes.length);
    field.rows = 1;
    const batch = converter ? converter.convert(field.batch) : field.batch;
    if (fieldLength(batch.bytes, 0) === NULL_LENGTH) {
      if (nullable) return null;
      throw refusal(`${name} may not be NULL, so a value that does not fit ${targetType} stops the run.`);
    }
    const converted = Buffer.from(batch.bytes.subarray(4, batch.length));
    const misfit = misfitOf(converted, lane.targetLogical, targetType, target);
    if (misfit !== null) throw refusal(`${name} ${misfit}.`);
    return converted;
  };
}

function refusal(reason: string): DroverError {
  return new DroverError('convert.not-representable', reason);
}

/** Canonical, so that only what means something else looks changed; where that is no form for eyes, as it stands. */
function shown(field: Buffer, type: LogicalType): string {
  if (type.kind === 'json' || type.kind === 'interval') return printable(field, 0, field.length, type.kind);
  const out = new BatchWriter(4096);
  canonicaliser(type, '', new Map())(field, 0, field.length, out);
  return printable(out.bytes, 4, out.length, type.kind);
}
