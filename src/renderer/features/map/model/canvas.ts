// Canvas: which columns stand where on the two sides, and which lines run through what is seen.

import type { ColumnMapping, ColumnOrigin, TableMapping } from '../../../../shared/model/mapping.ts';
import { keysOf } from './keys.ts';
import { columnsRead, namesInSource } from './reads.ts';

export interface TargetEnd {
  readonly column: string;
  /** Its place among all columns of the target table, whatever is shown. */
  readonly place: number;
  readonly mapping: ColumnMapping;
}

export interface Line {
  readonly column: string;
  /** Rows on the left and on the right. */
  readonly from: number;
  readonly to: number;
}

export interface CanvasRows {
  /** Source columns, in the source's order where it is known. */
  readonly sources: readonly string[];
  readonly targets: readonly TargetEnd[];
  readonly lines: readonly Line[];
  /** From columns that steps and expressions read besides. */
  readonly reads: readonly Line[];
  /** Of those on the left, the ones that are no columns of the source. */
  readonly computed: ReadonlyMap<string, ColumnOrigin>;
}

/** A column is shown when its name on either side, or at the other end of its line, has what was typed. */
export function canvasRows(mapping: TableMapping, sourceColumns: readonly string[] | null, typed: string): CanvasRows {
  const keys = keysOf(mapping.columns);
  const wanted = typed.trim().toLowerCase();
  const has = (name: string) => name.toLowerCase().includes(wanted);
  const targets = mapping.columns
    .map((each, place): TargetEnd => ({ column: keys[place]!, place, mapping: each }))
    .filter((end) => has(end.mapping.target) || has(end.mapping.source));
  const computed = new Map(mapping.columns.flatMap(({ source, from }) => (from ? [[source, from] as const] : [])));
  const own = sourceColumns ?? [...new Set(mapping.columns.filter(({ from }) => !from).map(({ source }) => source))];
  const inSource = namesInSource(own);
  const readBy = targets.map(({ mapping: each }) => (each.skip ? [] : columnsRead(each, inSource)));
  const ends = new Set([...targets.map((end) => end.mapping.source), ...readBy.flat()]);
  const all = [...own, ...computed.keys()];
  const sources = all.filter((name) => has(name) || ends.has(name));
  const places = new Map(sources.map((name, i) => [name, i]));
  const lines = targets.flatMap((end, to): Line[] => {
    const from = places.get(end.mapping.source);
    return end.mapping.skip || from === undefined ? [] : [{ column: end.column, from, to }];
  });
  const reads = targets.flatMap((end, to) =>
    readBy[to]!.flatMap((name): Line[] => {
      const from = places.get(name);
      return from === undefined ? [] : [{ column: end.column, from, to }];
    }),
  );
  return { sources, targets, lines, reads, computed };
}

/** Lines that touch the rows from `first` to `last`. */
export function linesSeen(lines: readonly Line[], first: number, last: number): Line[] {
  return lines.filter(({ from, to }) => Math.max(from, to) >= first && Math.min(from, to) <= last);
}

/** Of many that lead into one column only those that begin in sight: the others would be a blot. */
export function readsSeen(reads: readonly Line[], first: number, last: number): Line[] {
  const perColumn = Map.groupBy(reads, ({ column }) => column);
  return linesSeen(reads, first, last).filter(
    ({ column, from }) => (from >= first && from <= last) || perColumn.get(column)!.length <= FEW,
  );
}

const FEW = 24;

/** A calm curve from the middle of one row to the middle of another. */
export function linePath(from: number, to: number, rowHeight: number, width: number): string {
  const y = (row: number) => (row + 0.5) * rowHeight;
  const bend = width / 2;
  return `M0 ${y(from)} C${bend} ${y(from)} ${width - bend} ${y(to)} ${width} ${y(to)}`;
}
