// What hangs on tables: triggers, foreign keys of other tables, views.

import type { Dependant } from '../../../../shared/model/catalog.ts';
import { byText } from '../../ordered.ts';
import type { Link, Row } from '../connection.ts';
import { quote } from '../syntax.ts';

export async function readDependants(link: Link, tables: readonly string[]): Promise<ReadonlyMap<string, Dependant[]>> {
  const dependants = new Map<string, Dependant[]>();
  const add = (table: string, dependant: Dependant) => {
    dependants.set(table, [...(dependants.get(table) ?? []), dependant]);
  };
  const { database } = link;
  const triggers = await link.query(
    `SELECT EVENT_OBJECT_TABLE AS tab, TRIGGER_NAME AS name FROM information_schema.TRIGGERS
     WHERE EVENT_OBJECT_SCHEMA = ?`,
    [database],
  );
  for (const row of byText(triggers, 'tab', 'name')) add(String(row.tab), { kind: 'trigger', name: String(row.name) });
  const incoming = await link.query(
    `SELECT REFERENCED_TABLE_NAME AS tab, CONSTRAINT_SCHEMA AS owner, TABLE_NAME AS child, CONSTRAINT_NAME AS name
     FROM information_schema.REFERENTIAL_CONSTRAINTS
     WHERE UNIQUE_CONSTRAINT_SCHEMA = ? AND NOT (CONSTRAINT_SCHEMA = ? AND TABLE_NAME = REFERENCED_TABLE_NAME)`,
    [database, database],
  );
  for (const row of byText(incoming, 'tab', 'owner', 'child', 'name'))
    add(String(row.tab), {
      kind: 'foreign key',
      name: `${row.owner}.${row.child}.${row.name}`,
      of: { schema: row.owner === database ? null : String(row.owner), table: String(row.child) },
    });
  for (const row of byText(await viewUses(link, tables), 'tab', 'owner', 'name')) {
    const owner = String(row.owner);
    add(String(row.tab), { kind: 'view', name: owner === database ? String(row.name) : `${owner}.${row.name}` });
  }
  return dependants;
}

/** Foreign keys from elsewhere that lead into the database of a run's backups. */
export async function readFollowers(link: Link, backup: string): Promise<string[]> {
  const rows = await link.query(
    `SELECT CONSTRAINT_SCHEMA AS owner, TABLE_NAME AS child, CONSTRAINT_NAME AS name, REFERENCED_TABLE_NAME AS parent
     FROM information_schema.REFERENTIAL_CONSTRAINTS
     WHERE UNIQUE_CONSTRAINT_SCHEMA = ? AND CONSTRAINT_SCHEMA <> ?`,
    [backup, backup],
  );
  return byText(rows, 'owner', 'child', 'name').map(
    ({ owner, child, name, parent }) => `foreign key ${name} of ${owner}.${child} on ${parent}`,
  );
}

/** MariaDB does not list which tables a view uses: its stored text names each with its database. */
async function viewUses(link: Link, tables: readonly string[]): Promise<Row[]> {
  const { server, database } = link;
  if (server.variant === 'MySQL') {
    return link.query(
      `SELECT TABLE_NAME AS tab, VIEW_SCHEMA AS owner, VIEW_NAME AS name FROM information_schema.VIEW_TABLE_USAGE
       WHERE TABLE_SCHEMA = ?`,
      [database],
    );
  }
  const views = await link.query(
    `SELECT TABLE_SCHEMA AS owner, TABLE_NAME AS name, VIEW_DEFINITION AS sqlText FROM information_schema.VIEWS
     WHERE LOCATE(?, VIEW_DEFINITION) > 0`,
    [`${quote(database)}.`],
  );
  const known = new Set(tables);
  const uses = /`((?:[^`]|``)+)`\.`((?:[^`]|``)+)`/g;
  return views.flatMap((view) => {
    const used = [...String(view.sqlText).matchAll(uses)]
      .filter((match) => match[1]!.replaceAll('``', '`') === database)
      .map((match) => match[2]!.replaceAll('``', '`'));
    return [...new Set(used)]
      .filter((table) => known.has(table))
      .map((tab) => ({ tab, owner: view.owner, name: view.name }));
  });
}
