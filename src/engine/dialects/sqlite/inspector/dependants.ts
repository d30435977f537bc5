// What hangs on a table: views and triggers that name it, and foreign keys that point at it.

import type { ForeignKey, Table } from '../../../../shared/model/catalog.ts';
import { tokenize } from '../schema/tokens.ts';
import type { ObjectRow } from './rows.ts';

/** Every text and key is read once, however many tables ask. */
export function dependantsIn(
  tables: readonly { readonly name: string; readonly foreignKeys: readonly ForeignKey[] }[],
  objects: readonly ObjectRow[],
): { of(table: string): Table['dependants'] } {
  const naming = namingOf(objects);
  const pointing = pointingOf(tables);
  return { of: (table) => [...(naming.get(table.toLowerCase()) ?? []), ...(pointing.get(table) ?? [])] };
}

/** Views and triggers by the names, in lower case, that stand in their text. */
function namingOf(objects: readonly ObjectRow[]): Map<string, Table['dependants'][number][]> {
  const naming = new Map<string, Table['dependants'][number][]>();
  for (const { type, name, tbl_name: table, sql } of objects) {
    if (type !== 'view' && type !== 'trigger') continue;
    const names = tokenize(sql ?? '').filter(({ kind }) => kind === 'name');
    for (const named of new Set([table, ...names.map(({ value }) => value)].map((each) => each.toLowerCase()))) {
      put(naming, named, { kind: type, name });
    }
  }
  return naming;
}

function pointingOf(
  tables: readonly { readonly name: string; readonly foreignKeys: readonly ForeignKey[] }[],
): Map<string, Table['dependants'][number][]> {
  const pointing = new Map<string, Table['dependants'][number][]>();
  for (const { name, foreignKeys } of tables) {
    for (const key of foreignKeys) {
      if (key.references.table === name) continue;
      put(pointing, key.references.table, {
        kind: 'foreign key',
        name: `${name}.${key.name}`,
        of: { schema: null, table: name },
      });
    }
  }
  return pointing;
}

function put<T>(map: Map<string, T[]>, key: string, value: T): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}
