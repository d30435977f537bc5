// What hangs on a table: views and triggers that name it, and foreign keys that point at it.

import type { ForeignKey, Table } from '../../../../shared/model/catalog.ts';
import { tokenize } from '../tokens.ts';
import type { ObjectRow } from './rows.ts';

export function dependantsOf(
  table: { readonly name: string },
  tables: readonly { readonly name: string; readonly foreignKeys: readonly ForeignKey[] }[],
  objects: readonly ObjectRow[],
): Table['dependants'] {
  const named = objects
    .filter(({ type }) => type === 'view' || type === 'trigger')
    .filter((object) => object.tbl_name === table.name || namesIn(object).has(table.name.toLowerCase()))
    .map(({ type, name }) => ({ kind: type as 'view' | 'trigger', name }));
  const pointing = tables
    .filter(({ name }) => name !== table.name)
    .flatMap(({ name, foreignKeys }) =>
      foreignKeys
        .filter(({ references }) => references.table === table.name)
        .map((key) => ({ kind: 'foreign key' as const, name: `${name}.${key.name}` })),
    );
  return [...named, ...pointing];
}

const known = new WeakMap<ObjectRow, ReadonlySet<string>>();

/** Names that stand in the text of a view or trigger; each text is read once, however many tables ask. */
function namesIn(object: ObjectRow): ReadonlySet<string> {
  let names = known.get(object);
  if (!names) {
    const tokens = tokenize(object.sql ?? '').filter(({ kind }) => kind === 'name');
    names = new Set(tokens.map(({ value }) => value.toLowerCase()));
    known.set(object, names);
  }
  return names;
}
