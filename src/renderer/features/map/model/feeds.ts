// Feeds: tables of the mapping whose rows go into one table of the target, and edits that bring them together or part them.

import { joinedTo } from '../../../../shared/feeds.ts';
import type { ColumnMapping, TableMapping } from '../../../../shared/model/mapping.ts';
import { type Edit, freeAmong, set } from './edits.ts';
import { byKey, keysOf } from './keys.ts';

/** A target table that several feed, by their keys. */
export interface Feeding {
  readonly target: string;
  /** The one that makes it. */
  readonly lead: string;
  readonly others: readonly string[];
}

/** By the keys of all that take part. */
export function feedingsIn(tables: readonly TableMapping[]): ReadonlyMap<string, Feeding> {
  const known = remembered.get(tables);
  if (known) return known;
  const keys = new Map(tables.map((table, i) => [table, keysOf(tables)[i]!]));
  const joined = joinedTo(tables, (name) => name);
  const feedings = new Map<string, Feeding>();
  for (const [lead, others] of Map.groupBy(joined.keys(), (table) => joined.get(table)!)) {
    const feeding = { target: lead.target, lead: keys.get(lead)!, others: others.map((other) => keys.get(other)!) };
    for (const key of [feeding.lead, ...feeding.others]) feedings.set(key, feeding);
  }
  remembered.set(tables, feedings);
  return feedings;
}

/** Lists of a project never change: a changed project has new ones. */
const remembered = new WeakMap<object, ReadonlyMap<string, Feeding>>();

/** "person, together with eu and us" */
export function feedingWords({ target, lead, others }: Feeding, key: string): string {
  const rest = [lead, ...others].filter((other) => other !== key);
  return `${target}, together with ${rest.join(', ')}`;
}

/** Those that another one may join: each makes a table. */
export function makingTables(tables: readonly TableMapping[]): readonly string[] {
  const feedings = feedingsIn(tables);
  return keysOf(tables).filter((key, i) => !tables[i]!.skip && (feedings.get(key)?.lead ?? key) === key);
}

/** The rows of `table` go where those of `lead` go. Its columns of the same names take the types that are there. */
export function joinTable(table: string, lead: string): Edit {
  return {
    what: `Let ${table} feed the table of ${lead}`,
    edit: (project) => {
      const place = keysOf(project.tables).indexOf(table);
      const [mapping, made] = [project.tables[place], byKey(project.tables, lead)];
      if (!mapping || !made || mapping === made) return project;
      const own = { mode: undefined, key: undefined, onConflict: undefined, keys: undefined, skip: undefined };
      const joined = set(mapping, { ...own, target: made.target, joins: true });
      const columns = mapping.columns.map((column) => withTypeOf(made, column));
      return { ...project, tables: project.tables.with(place, { ...joined, columns }) };
    },
  };
}

/** A table of its own again, under a name that is free. */
export function partTable(table: string): Edit {
  return {
    what: `Give ${table} a table of its own`,
    edit: (project) => {
      const place = keysOf(project.tables).indexOf(table);
      const mapping = project.tables[place];
      if (!mapping) return project;
      const others = project.tables.toSpliced(place, 1).map(({ target }) => target);
      const parted = set(mapping, { target: freeAmong(mapping.source, others), joins: undefined });
      return { ...project, tables: project.tables.with(place, parted) };
    },
  };
}

function withTypeOf({ columns }: TableMapping, column: ColumnMapping): ColumnMapping {
  const made = columns.find(({ target, skip }) => !skip && target === column.target);
  return made ? set(column, { type: made.type }) : column;
}
