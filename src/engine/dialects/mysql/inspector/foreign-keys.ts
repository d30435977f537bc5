// Foreign keys of all tables.

import type { ForeignKey, ReferentialAction } from '../../../../shared/model/catalog.ts';
import { byText } from '../../ordered.ts';
import type { Link, Row } from '../connection.ts';
import { qualified } from '../syntax.ts';

type Rules = Pick<ForeignKey, 'onDelete' | 'onUpdate'>;

/** By table and name of the key. */
type RulesOf = ReadonlyMap<string, Rules>;

export async function readForeignKeys(link: Link): Promise<ReadonlyMap<string, ForeignKey[]>> {
  const parts = await link.query(
    `SELECT TABLE_NAME AS tab, CONSTRAINT_NAME AS name, COLUMN_NAME AS col,
       REFERENCED_TABLE_SCHEMA AS parentSchema, REFERENCED_TABLE_NAME AS parent, REFERENCED_COLUMN_NAME AS parentCol
     FROM information_schema.KEY_COLUMN_USAGE
     WHERE TABLE_SCHEMA = ? AND CONSTRAINT_SCHEMA = ? AND REFERENCED_TABLE_NAME IS NOT NULL
     ORDER BY ORDINAL_POSITION`,
    [link.database, link.database],
  );
  if (parts.length === 0) return new Map();
  const rules = await readRules(link, parts);
  const tables = new Map<string, ForeignKey[]>();
  // Sorting keeps the columns of a key in their order.
  for (const [place, columns] of Map.groupBy(byText(parts, 'tab', 'name'), ({ tab, name }) => placeOf(tab, name))) {
    const [{ tab, name, parent, parentSchema }] = columns as [Row];
    const key: ForeignKey = {
      name: String(name),
      columns: columns.map(({ col }) => String(col)),
      references: {
        schema: parentSchema === link.database ? null : String(parentSchema),
        table: String(parent),
        columns: columns.map(({ parentCol }) => String(parentCol)),
      },
      ...rules.get(place)!,
      deferrable: false,
    };
    const table = String(tab);
    tables.set(table, [...(tables.get(table) ?? []), key]);
  }
  return tables;
}

/**
 * What the catalogue tells of them, and of the others what the tables' own statements say: MariaDB shows this view only
 * to accounts that may do more with a table than SELECT.
 */
async function readRules(link: Link, keys: readonly Row[]): Promise<RulesOf> {
  const found = await link.query(
    `SELECT TABLE_NAME AS tab, CONSTRAINT_NAME AS name, DELETE_RULE AS onDelete, UPDATE_RULE AS onUpdate
     FROM information_schema.REFERENTIAL_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = ?`,
    [link.database],
  );
  const rules = new Map(
    found.map((row) => [
      placeOf(row.tab, row.name),
      { onDelete: action(row.onDelete), onUpdate: action(row.onUpdate) },
    ]),
  );
  const hidden = keys.filter(({ tab, name }) => !rules.has(placeOf(tab, name)));
  for (const table of new Set(hidden.map(({ tab }) => String(tab)))) {
    const [shown] = await link.query(`SHOW CREATE TABLE ${qualified(link.database, table)}`);
    for (const [name, each] of rulesIn(String(shown?.['Create Table']), link)) rules.set(placeOf(table, name), each);
  }
  return rules;
}

/** One constraint a line. What is not said is what the catalogue calls it. */
function rulesIn(statement: string, { server }: Link): [name: string, Rules][] {
  const unsaid = server.variant === 'MariaDB' ? 'restrict' : 'no action';
  return statement.split('\n').flatMap((line) => {
    const name = /^ {2}CONSTRAINT `((?:[^`]|``)+)` FOREIGN KEY /.exec(line)?.[1];
    if (name === undefined) return [];
    // Behind the last name, which may hold any words.
    const clauses = line.slice(line.lastIndexOf('`') + 1);
    const said = (event: 'DELETE' | 'UPDATE') =>
      action(new RegExp(`ON ${event} (CASCADE|SET NULL|SET DEFAULT|RESTRICT|NO ACTION)`).exec(clauses)?.[1] ?? unsaid);
    return [[name.replaceAll('``', '`'), { onDelete: said('DELETE'), onUpdate: said('UPDATE') }]];
  });
}

function placeOf(table: unknown, name: unknown): string {
  return JSON.stringify([table, name]);
}

const ACTIONS: readonly ReferentialAction[] = ['no action', 'restrict', 'cascade', 'set null', 'set default'];

function action(rule: unknown): ReferentialAction {
  return ACTIONS.find((each) => each === String(rule).toLowerCase()) ?? 'no action';
}
