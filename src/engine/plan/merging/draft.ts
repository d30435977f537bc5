// The plan of a table whose rows go into one that stands there: staged in its types, told apart by a key of it.

import type { ForeignKey, Table } from '../../../shared/model/catalog.ts';
import type { OnConflict } from '../../../shared/model/mapping.ts';
import type { Merge, TablePlan } from '../../../shared/model/plan.ts';
import { nameKey } from '../../dialects/names.ts';
import { standingShape } from '../../dialects/standing-shape.ts';
import { laneOf } from '../columns.ts';
import type { Context } from '../context.ts';
import type { TablePair } from '../reconcile.ts';
import { type Draft, modeOf, readingOf, rowKey } from '../table.ts';
import { columnNamed, isMerging } from './standing.ts';

export function draftMerged(
  pair: TablePair,
  pairs: readonly TablePair[],
  into: Table,
  existing: TablePlan['existing'],
  conflicts: number | null,
  context: Context,
): Draft {
  const lanes = pair.columns.map((column) => laneOf(column, context));
  const key = keyOf(pair, into, context);
  const sources = key.columns.map((name) => lanes.find((lane) => lane.target === name)?.source);
  const told = key.columns.length > 0 && sources.every((name) => name !== undefined);
  return {
    ...readingOf(
      pair,
      pairs,
      lanes,
      told ? sources.filter((name) => name !== undefined) : rowKey(pair, lanes),
      context,
    ),
    target: {
      name: into.name,
      columns: pair.columns.map((column) => ({
        name: column.mapping.target,
        native: column.mapping.type,
        logical: column.targetLogical,
        nullable: (column.mapping.nullable ?? true) && !key.columns.includes(column.mapping.target),
        default: null,
        identity: null,
        generated: null,
        touchedOnUpdate: false,
        binaryCollation: false,
        comment: null,
      })),
      primaryKey: told ? { name: into.primaryKey?.name ?? 'staged_pkey', columns: key.columns } : null,
      uniques: [],
      indexes: [],
      foreignKeys: [],
      checks: [],
      comment: null,
    },
    computed: [],
    feeds: [],
    mode: modeOf(pair, context),
    existing: existing ?? { rows: into.rowEstimate, empty: false },
    merge: {
      onConflict: conflictOf(pair, context),
      refills: !isMerging(modeOf(pair, context)),
      watched: isWatched(context),
      shape: standingShape(into.name, context.target, new Set()),
      key: key.columns,
      keyHandedOut: key.handedOut,
      all: into.columns.map((column) => column.name),
      computed: into.columns.filter((column) => column.generated).map((column) => column.name),
      identities: into.columns.filter((column) => column.identity).map((column) => column.name),
      conflicts: key.handedOut ? 0 : conflicts,
      ...relationsOf(into, context),
    },
  };

  function conflictOf({ mapping: { mode, onConflict } }: TablePair, { project: common }: Context): OnConflict {
    if ((mode ?? common.mode) === 'append') return 'fail';
    if ((mode ?? common.mode) !== 'upsert') return 'update';
    return onConflict ?? common.onConflict ?? 'update';
  }

  function relationsOf(table: Table, { target }: Context): Pick<Merge, 'parents' | 'referrers' | 'keys' | 'cycles'> {
    const isHere = (schema: string | null) => schema === null || schema === (target.schema ?? target.database);
    const own = table.foreignKeys.filter((each) => isHere(each.references.schema));
    const referrers = target.tables.flatMap((other) =>
      other.foreignKeys
        .filter((each) => each.references.table === table.name && isHere(each.references.schema))
        .map((each) => ({
          key: each.name,
          table: other.name,
          columns: each.columns,
          references: each.references.columns,
        })),
    );
    const back = reaching(table.name, target.tables);
    return {
      parents: [...new Set(own.map((each) => each.references.table))].filter((name) => name !== table.name),
      referrers,
      keys: own.map(asReference),
      cycles: own.filter((each) => back.has(each.references.table)).map(asReference),
    };
  }
}

function asReference({ name, columns, references }: ForeignKey): Merge['keys'][number] {
  return { key: name, table: references.table, columns, references: references.columns };
}

/** Of the tables that are refilled. */
function isWatched({ target, refills, targetCan }: Context): boolean {
  return target.tables.some(
    ({ name, dependants }) =>
      refills.has(nameKey(name, targetCan)) && dependants.some(({ kind }) => kind === 'trigger' || kind === 'rule'),
  );
}

/** The table and all whose foreign keys lead to it, over whatever others. */
function reaching(name: string, tables: readonly Table[]): Set<string> {
  const found = new Set([name]);
  for (let size = 0; size !== found.size; ) {
    size = found.size;
    for (const table of tables) {
      if (table.foreignKeys.some((key) => found.has(key.references.table))) found.add(table.name);
    }
  }
  return found;
}

export interface MergeKey {
  /** Of the table there; empty where nothing tells its rows apart. */
  readonly columns: string[];
  readonly handedOut: boolean;
}

/** What an upsert names; else the primary key, else the first unique key, of which all columns are loaded. */
export function keyOf({ mapping, columns }: TablePair, into: Table, context: Context): MergeKey {
  const loaded = new Set(columns.map((column) => column.mapping.target));
  if (mapping.key && (mapping.mode ?? context.project.mode) === 'upsert') {
    const named = mapping.key.map((name) => columnNamed(name, into, context)?.name ?? name);
    return {
      columns: isKey(named, into, context) && named.every((name) => loaded.has(name)) ? named : [],
      handedOut: false,
    };
  }
  const whole = keysOf(into, context).find((key) => key.every((name) => loaded.has(name)));
  if (whole) return { columns: whole, handedOut: false };
  const [only, ...more] = into.primaryKey?.columns ?? [];
  const handsOut = into.columns.some((column) => column.name === only && column.identity !== null);
  if (only !== undefined && more.length === 0 && handsOut && (mapping.mode ?? context.project.mode) === 'append') {
    return { columns: [only], handedOut: true };
  }
  return { columns: [], handedOut: false };
}

/** Column lists that are unique and never NULL there, the primary key first. */
export function keysOf(into: Table, { targetCan }: Pick<Context, 'targetCan'>): string[][] {
  const never = (name: string) => into.columns.some((column) => column.name === name && !column.nullable);
  const whole = into.indexes
    .filter(
      (index) =>
        index.unique && index.where === null && index.parts.every((p) => p.column !== null && p.prefix === null),
    )
    .map((index) => index.parts.map((part) => part.column!));
  const uniques = [...into.uniques.map((key) => key.columns), ...whole].filter((key) => key.every(never));
  const primary = into.primaryKey?.columns;
  // SQLite alone lets a primary key hold NULL; staged rows may not.
  const sure = primary && (targetCan.dynamicTypes || primary.every(never)) ? [primary] : [];
  return [...sure, ...uniques];
}

function isKey(columns: readonly string[], into: Table, context: Context): boolean {
  const wanted = [...columns].sort().join('\0');
  return keysOf(into, context).some((key) => [...key].sort().join('\0') === wanted);
}
