// Keys that the project declares for a target table, by the target's own names, in place of those of the source.

import type { ForeignKey } from '../../shared/model/catalog.ts';
import type { DeclaredKeys } from '../../shared/model/mapping.ts';
import { keyedColumns } from '../dialects/keyed.ts';
import { equal } from '../dialects/types.ts';
import { type Context, finding } from './context.ts';
import { existingTable } from './existing.ts';
import type { Names } from './names.ts';
import type { TablePair } from './reconcile.ts';

type Reference = NonNullable<DeclaredKeys['references']>[number];

/** By source table, the source columns that stand in keys and indexes, those that the project declares among them. */
export function keyedInTarget(pairs: readonly TablePair[], context: Context): ReadonlyMap<string, ReadonlySet<string>> {
  const references = pairs.flatMap(({ mapping }) => mapping.keys?.references ?? []);
  const referred = Map.groupBy(references, ({ table }) => table);
  return new Map(
    pairs.map((pair) => {
      const to = referred.get(pair.mapping.target)?.flatMap((reference) => reference.to) ?? [];
      const names = new Set([...declaredColumns(pair), ...to]);
      const declared = pair.columns.filter(({ mapping }) => names.has(mapping.target)).map(({ source }) => source.name);
      return [pair.source.name, new Set([...keyedColumns(pair.source, context.source), ...declared])];
    }),
  );
}

function declaredColumns({ mapping }: TablePair): string[] {
  const { primary = [], unique = [], references = [] } = mapping.keys ?? {};
  return [...primary, ...unique.flat(), ...references.flatMap(({ columns }) => columns)];
}

/** Those that the table will have; each other one blocks the plan. */
export function knownColumns(columns: readonly string[], pair: TablePair, context: Context): string[] {
  return columns.filter((name) => {
    if (pair.columns.some(({ mapping }) => mapping.target === name)) return true;
    refuse(pair, context, `A key of ${pair.mapping.target} names the column ${name}, which it will not have`);
    return false;
  });
}

export function declaredForeignKeys(
  references: readonly Reference[],
  pair: TablePair,
  pairs: readonly TablePair[],
  names: Names,
  context: Context,
): ForeignKey[] {
  return references.flatMap((reference): ForeignKey[] => {
    const { columns, table, to } = reference;
    const own = knownColumns(columns, pair, context);
    const place = own.length === columns.length ? placeOf(reference, pair, pairs, context) : null;
    if (!place) return [];
    const target = pair.mapping.target;
    return [
      {
        name: names.constraint('', `${target}_${columns.join('_')}_fkey`, target),
        columns: own,
        references: { schema: place.schema, table, columns: [...to] },
        onDelete: 'no action',
        onUpdate: 'no action',
        deferrable: false,
      },
    ];
  });
}

/** Where the other table is: among those that move, or standing in the target. */
function placeOf(
  { columns, table, to }: Reference,
  pair: TablePair,
  pairs: readonly TablePair[],
  context: Context,
): { readonly schema: string | null } | null {
  const { target } = pair.mapping;
  const words = `The foreign key of ${target} (${columns.join(', ')})`;
  if (columns.length !== to.length) return refuse(pair, context, `${words} names more columns on one side`);
  const moving = pairs.find(({ mapping }) => mapping.target === table);
  const standing = moving ? null : existingTable(table, context.target, context);
  if (!moving && !standing) {
    return refuse(pair, context, `${words} refers to ${table}, which does not move and is not in the target`);
  }
  for (const [i, name] of to.entries()) {
    const there = moving
      ? moving.columns.find(({ mapping }) => mapping.target === name)?.targetLogical
      : standing?.columns.find((column) => column.name === name)?.logical;
    if (!there) return refuse(pair, context, `${words} refers to the column ${name}, which ${table} does not have`);
    const here = pair.columns.find(({ mapping }) => mapping.target === columns[i])!;
    if (here.targetLogical.kind !== there.kind) {
      return refuse(pair, context, `${words} joins two types: ${here.mapping.type} and that of ${table}.${name}`);
    }
    if (!equal(here.targetLogical, there)) {
      const message = `${words} joins two types that are not quite the same: ${here.mapping.type} and that of ${table}.${name}.`;
      context.report(finding('warning', 'structure.foreign-key-type', projectPlace(pair), message));
    }
  }
  return { schema: moving ? null : (context.target.schema ?? context.target.database) };
}

function refuse(pair: TablePair, { report }: Context, message: string): null {
  report(
    finding('blocker', 'map.bad-key', projectPlace(pair), `${message}.`, [
      'Correct it among the keys of the table in the project.',
    ]),
  );
  return null;
}

function projectPlace({ source }: TablePair) {
  return { side: 'project', table: source.name } as const;
}
