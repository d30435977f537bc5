// Steps of columns: what type they give, which columns they read, and what is wrong with them.

import { DroverError } from '../../shared/errors.ts';
import type { LogicalType } from '../../shared/model/logical-type.ts';
import type { Lane, ReadColumn } from '../../shared/model/plan.ts';
import { columnsOf, compileChain } from '../pipeline/transforms/chain.ts';
import { type Context, finding } from './context.ts';
import type { ColumnPair, TablePair } from './reconcile.ts';

/** A step that can't be carried out blocks the plan, with its place. */
export function reportShapes(pairs: readonly TablePair[], context: Context): void {
  for (const pair of pairs) {
    for (const column of pair.columns) for (const fault of faultsOf(column, pair, context)) context.report(fault);
  }
}

/** Columns that only steps read, in the source's order. */
export function besidesOf(pair: TablePair, lanes: readonly Lane[], { sourceCan }: Context): ReadColumn[] {
  const moved = new Set(lanes.map(({ source }) => source));
  const read = new Set(pair.columns.flatMap(({ shape }) => (shape ? [...columnsOf(shape.steps)] : [])));
  return pair.source.columns
    .filter(({ name }) => read.has(name) && !moved.has(name))
    .map(({ name, native, logical }) => ({ name, native, logical: sourceCan.dynamicTypes ? TEXT : logical }));
}

const TEXT: LogicalType = { kind: 'text', length: null, fixed: false };

function faultsOf({ source, shape }: ColumnPair, pair: TablePair, { secrets }: Context) {
  if (!shape) return [];
  const place = { side: 'project', table: pair.source.name, column: source.name } as const;
  const known = new Set(pair.source.columns.map(({ name }) => name));
  const unknown = [...columnsOf(shape.steps)].filter((name) => !known.has(name));
  const faults = unknown.map((name) =>
    finding(
      'blocker',
      'map.bad-transform',
      place,
      `A step of ${place.table}.${place.column} reads the column ${name}, which ${place.table} does not have.`,
      ['Correct the name in the step.'],
    ),
  );
  try {
    compileChain(shape.steps, {
      secret: (name) => secrets[name] ?? null,
      now: new Date(0),
      lookup: () => () => undefined,
    });
  } catch (error) {
    if (!(error instanceof DroverError)) throw error;
    const { message, hint } = error.data;
    faults.push(
      finding('blocker', 'map.bad-transform', place, `${place.table}.${place.column}: ${message}`, hint ? [hint] : []),
    );
  }
  return faults;
}
