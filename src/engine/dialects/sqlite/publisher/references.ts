// Foreign keys at publish: the new tables must satisfy all of theirs, and those that point at them from outside.

import type { Database } from 'better-sqlite3';
import { DroverError } from '../../../../shared/errors.ts';
import type { Publication } from '../../publishing.ts';
import { isOfARun } from '../names.ts';
import { rowidAlias } from '../rowid.ts';
import { quote } from '../syntax.ts';

/** Rows without their parent, by table: in tables that take rows in, and in those outside the run that point at one of its. */
export function violationsIn(db: Database, publication: Tables): Map<string, number> {
  const counts = new Map<string, number>();
  const standing = publication.merges.map(({ table }) => table);
  for (const table of new Set([...standing, ...outsideChildren(db, publication)])) {
    try {
      counts.set(table, violations(db, table).count);
    } catch {
      // A key that never matched its parent can't be checked, before or after; publishing makes it no worse.
    }
  }
  return counts;
}

/** Throws `publish.failed` for the first new table with orphans, or outside table that got more than it had. */
export function refuseNewOrphans(db: Database, { moves }: Tables, before: ReadonlyMap<string, number>): void {
  const tables = [...moves.map(({ table }) => table), ...before.keys()];
  for (const table of tables) {
    const { count, parent } = violations(db, table);
    if (count <= (before.get(table) ?? 0)) continue;
    throw new DroverError('publish.failed', `${count} rows of ${table} refer to rows of ${parent} that do not exist.`, {
      hint: `Correct these rows in the source, leave the foreign key out, or migrate ${parent} as well.`,
      where: { side: 'target', table },
    });
  }
}

function violations(db: Database, table: string): { count: number; parent: string } {
  // SQLite's own check looks up parents in the order of the children: several times as long, while the file is locked.
  if (hasNone(db, table)) return { count: 0, parent: '' };
  let count = 0;
  let parent = '';
  const rows = db.prepare(`PRAGMA main.foreign_key_check(${quote(table)})`).iterate() as Iterable<{ parent: string }>;
  for (const row of rows) {
    count++;
    parent ||= row.parent;
  }
  return { count, parent };
}

/** Proof for keys of one column that lead to a rowid; what leads elsewhere, or is broken, is not proved. */
function hasNone(db: Database, table: string): boolean {
  const parts = db
    .prepare('SELECT id, "table" AS parent, "from" AS own, "to" AS theirs FROM pragma_foreign_key_list(?)')
    .all(table) as {
    readonly id: number;
    readonly parent: string;
    readonly own: string;
    readonly theirs: string | null;
  }[];
  return parts.every(({ id, parent, own, theirs }) => {
    const key = rowidAlias(db, parent);
    if (key === null || parts.filter((part) => part.id === id).length > 1) return false;
    // A key that names no column of its parent leads to the parent's own key.
    if (theirs !== null && theirs.toLowerCase() !== key.toLowerCase()) return false;
    return leadsToParents(db, { table, column: own }, { table: parent, column: key });
  });
}

interface ColumnOf {
  readonly table: string;
  readonly column: string;
}

/** Where parents are numbered without a gap their ends say it; else each is looked for, in the order of an index if there is one. */
function leadsToParents(db: Database, child: ColumnOf, parent: ColumnOf): boolean {
  const c = quote(child.column);
  const key = quote(parent.column);
  const parents = `main.${quote(parent.table)}`;
  const children = `main.${quote(child.table)}`;
  const gapless = db.prepare(`SELECT count(*) = max(${key}) - min(${key}) + 1 FROM ${parents}`).pluck().get() === 1;
  const orphan = gapless
    ? `NOT (typeof(${c}) = 'integer' AND ${c} BETWEEN (SELECT min(${key}) FROM ${parents}) AND (SELECT max(${key}) FROM ${parents}))`
    : `NOT EXISTS (SELECT 1 FROM ${parents} AS parent WHERE parent.${key} = child.${c})`;
  return !db.prepare(`SELECT 1 FROM ${children} AS child WHERE ${c} IS NOT NULL AND ${orphan} LIMIT 1`).get();
}

type Tables = Pick<Publication, 'moves' | 'merges'>;

function outsideChildren(db: Database, { moves, merges }: Tables): string[] {
  const moved = new Set([...moves, ...merges].map(({ table }) => table.toLowerCase()));
  const rows = db
    .prepare(
      `SELECT DISTINCT m.name, f."table" AS parent FROM main.sqlite_schema AS m
       JOIN pragma_foreign_key_list(m.name) AS f WHERE m.type = 'table'`,
    )
    .all() as { name: string; parent: string }[];
  const children = rows.filter(
    ({ name, parent }) => moved.has(parent.toLowerCase()) && !moved.has(name.toLowerCase()) && !isOfARun(name),
  );
  return [...new Set(children.map(({ name }) => name))];
}
