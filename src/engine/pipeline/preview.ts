// Preview: the first rows before and after the conversion that the run will use.

import { DroverError } from '../../shared/errors.ts';
import type { LogicalType } from '../../shared/model/logical-type.ts';
import type { Lane, ReadColumn } from '../../shared/model/plan.ts';
import type { Preview, PreviewCell } from '../../shared/model/preview.ts';
import type { PlannedRule } from '../../shared/model/rule.ts';
import { columnsOfRule, ruleWords } from '../../shared/rule-words.ts';
import { BatchWriter, fieldLength, NULL_LENGTH, type RowBatch } from './batch.ts';
import { canonicaliser } from './canonical.ts';
import { chainContext } from './chain-context.ts';
import { convertible } from './conversions.ts';
import { compileConverter, type Limits } from './convert.ts';
import { fieldText } from './field-text.ts';
import type { FirstRows } from './first-rows.ts';
import { type Holding, misfitOf } from './fits.ts';
import type { Shaping } from './order.ts';
import { printable } from './printable.ts';
import { compileRule } from './rules/tests.ts';
import { shapedLane } from './scan.ts';
import { compileShaper } from './shape.ts';

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
  /** Read behind the columns, for steps alone. */
  readonly besides: readonly ReadColumn[];
  readonly rules: readonly PlannedRule[];
  readonly shaping: Shaping;
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
    broken: brokenRules(columns, first.rows.length, request),
  };
}

/** A rule that asks of all rows, such as unique, knows of these few alone. */
function brokenRules(columns: readonly ColumnCells[], rows: number, { rules, shaping }: PreviewRequest): string[][] {
  const context = chainContext(shaping);
  const asked = rules.map(({ rule }) => {
    const used = columnsOfRule(rule).map((name) => columns.find(({ column }) => column.lane.target === name));
    const types = used.map((each) => each?.column.lane.targetLogical);
    const known = types.every((type) => type !== undefined);
    return known ? { words: ruleWords(rule), used, test: compileRule(rule, types, context) } : null;
  });
  return Array.from({ length: rows }, (_, row) => {
    if (columns.some(({ cells }) => cells[row]!.state === 'refused')) return [];
    return asked.flatMap((each) => {
      const holds = each?.test(each.used.map((column) => column!.texts[row] ?? null)) ?? true;
      return holds ? [] : [each!.words];
    });
  });
}

interface ColumnCells {
  readonly column: PreviewColumn;
  readonly cells: readonly PreviewCell[];
  /** The values as rules see them. */
  readonly texts: readonly (string | null)[];
  /** Of the first refusal. */
  readonly reason: string | null;
}

function previewColumn(column: PreviewColumn, index: number, first: FirstRows, request: PreviewRequest): ColumnCells {
  const convert = cellConverter(column, index, request);
  const misfits = new Map(first.misfits.filter((each) => each.column === index).map((each) => [each.row, each]));
  const text = fieldText(column.lane.targetLogical);
  const texts: (string | null)[] = [];
  let reason: string | null = null;

  const cells = first.rows.map((row, at): PreviewCell => {
    const misfit = misfits.get(at);
    const field = row[index] ?? null;
    if (!misfit && field === null && !column.lane.shape) return { before: null, after: null, state: 'same' };
    const before = misfit ? misfit.text : field === null ? null : shown(field, column.lane.sourceLogical);
    try {
      if (misfit) throw refusal(misfit.reason);
      const converted = convert(row, field);
      texts[at] = converted === null ? null : text(converted, 0, converted.length);
      if (converted === null) return { before, after: null, state: stateOfNull(before, column) };
      const after = shown(converted, column.lane.targetLogical);
      return { before, after, state: after === before ? 'same' : 'changed' };
    } catch (error) {
      if (!(error instanceof DroverError) || !REFUSALS.has(error.code)) throw error;
      reason ??= error.message;
      return { before, after: null, state: 'refused' };
    }
  });
  return { column, cells, texts, reason };
}

/** NULL by a step is what the step is for; by a type it is what the project puts up with. */
function stateOfNull(before: string | null, { lane }: PreviewColumn): PreviewCell['state'] {
  if (before === null) return 'same';
  return lane.shape ? 'changed' : 'nulled';
}

const REFUSALS: ReadonlySet<string> = new Set(['convert.not-representable', 'transform.refused']);

type CellConverter = (row: readonly (Buffer | null)[], field: Buffer | null) => Buffer | null;

/** The run's own steps and converter for one field. Null is a value that becomes NULL; throws what the run would. */
function cellConverter(
  { lane, targetType, nullable }: PreviewColumn,
  index: number,
  request: PreviewRequest,
): CellConverter {
  const { table, limits, target } = request;
  const name = `${table}.${lane.source}`;
  const moved = shapedLane(lane);
  if (!convertible(moved.sourceLogical, lane.targetLogical)) {
    return (): never => {
      throw refusal(`${name} can't be turned from ${lane.sourceNative} into ${targetType}.`);
    };
  }
  const shape = lane.shape ? cellShaper(index, request) : null;
  const converter = compileConverter(table, [moved], limits, new BatchWriter(4096));

  return (row, field) => {
    const read = shape ? shape(row) : batchOf([field]);
    const batch = converter ? converter.convert(read) : read;
    if (fieldLength(batch.bytes, 0) === NULL_LENGTH) {
      if (nullable || shape) return null;
      throw refusal(`${name} may not be NULL, which a value that does not fit ${targetType} would become.`);
    }
    const converted = Buffer.from(batch.bytes.subarray(4, batch.length));
    const misfit = misfitOf(converted, lane.targetLogical, targetType, target);
    if (misfit !== null) throw refusal(`${name} ${misfit}.`);
    return converted;
  };
}

/** The steps of one lane, which may look at the whole row. */
function cellShaper(index: number, { table, columns, besides, shaping }: PreviewRequest) {
  const { lane } = columns[index]!;
  const others = columns.map(({ lane: { source, sourceNative, sourceLogical } }) => ({
    name: source,
    native: sourceNative,
    logical: sourceLogical,
  }));
  const shaper = compileShaper(table, [lane], [...others, ...besides], shaping, new BatchWriter(4096))!;
  return (row: readonly (Buffer | null)[]) => shaper.shape(batchOf([row[index] ?? null, ...row]));
}

function batchOf(fields: readonly (Buffer | null)[]): RowBatch {
  const out = new BatchWriter(4096);
  for (const field of fields) {
    if (field) out.field(field, 0, field.length);
    else out.null();
  }
  out.rows = 1;
  return out.batch;
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
