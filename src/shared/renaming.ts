// Renaming: what else in a project names a target table or column follows when it gets another name.

import { joinedTo } from './feeds.ts';
import type { ColumnMapping, DeclaredKeys, Project, TableMapping } from './model/mapping.ts';
import type { Rule } from './model/rule.ts';
import type { Transform } from './model/transform.ts';

/** `after` has the tables and columns of `before` in the same places. Gives `after` itself where nothing follows. */
export function withNamesCarried(before: Project, after: Project): Project {
  const joined = joinedTo(before.tables, (name) => name);
  const led = withFeedsCarried(before, after, joined);
  const names = namesBetween(before, led, joined);
  if (!names) return led;
  let isSame = true;
  const tables = led.tables.map((table, i) => {
    const next = tableWith(table, columnsRenamed(before.tables[i]!, table), names);
    if (next !== table) isSame = false;
    return next;
  });
  return isSame ? led : { ...led, tables };
}

/** Whatever feeds a table with others goes where the mapping goes that makes it. */
function withFeedsCarried(before: Project, after: Project, joined: ReadonlyMap<TableMapping, TableMapping>): Project {
  if (joined.size === 0) return after;
  const places = new Map(before.tables.map((table, i) => [table, i]));
  let isSame = true;
  const tables = after.tables.map((table, i) => {
    const was = before.tables[i]!;
    const lead = joined.get(was);
    const now = lead && after.tables[places.get(lead)!];
    if (!now || now === lead || table !== was) return table;
    const renamed = columnsRenamed(lead, now);
    isSame = false;
    const columns = table.columns.map((each) => ({ ...each, target: renamed.get(each.target) ?? each.target }));
    return { ...table, target: now.target, columns };
  });
  return isSame ? after : { ...after, tables };
}

type Renamed = ReadonlyMap<string, string>;

interface Names {
  readonly table: (name: string) => string;
  /** `table` is the name it had. */
  readonly column: (table: string, name: string) => string;
}

function namesBetween(before: Project, after: Project, joined: ReadonlyMap<TableMapping, TableMapping>): Names | null {
  const tables = new Map<string, string>();
  const columns = new Map<string, Renamed>();
  let isSame = true;
  for (const [i, was] of before.tables.entries()) {
    const is = after.tables[i];
    if (!is || is === was) continue;
    const changed = columnsRenamed(was, is);
    if (changed.size > 0 || is.target !== was.target) isSame = false;
    // Of two with one name the first is meant, as by the plan; who only feeds a table does not name it.
    if (was.skip || joined.has(was) || tables.has(was.target) || columns.has(was.target)) continue;
    if (is.target !== was.target) tables.set(was.target, is.target);
    if (changed.size > 0) columns.set(was.target, changed);
  }
  if (isSame) return null;
  return {
    table: (name) => tables.get(name) ?? name,
    column: (table, name) => columns.get(table)?.get(name) ?? name,
  };
}

function columnsRenamed(was: TableMapping, is: TableMapping): Renamed {
  if (was === is) return NONE;
  return new Map(
    was.columns.flatMap(({ target }, j) => {
      const to = is.columns[j]?.target ?? target;
      return to === target ? [] : [[target, to] as const];
    }),
  );
}

const NONE: Renamed = new Map();

/** `own` are its columns that have other names now. */
function tableWith(table: TableMapping, own: Renamed, names: Names): TableMapping {
  const columns = table.columns.map((column) => columnWith(column, names));
  const follows = {
    ...(table.keys ? { keys: keysWith(table.keys, own, names) } : {}),
    ...(table.rules ? { rules: table.rules.map((rule) => ruleWith(rule, own, names)) } : {}),
  };
  const stands = { ...(table.keys ? { keys: table.keys } : {}), ...(table.rules ? { rules: table.rules } : {}) };
  const isSame = columns.every((column, i) => column === table.columns[i]);
  return isSame && JSON.stringify(follows) === JSON.stringify(stands) ? table : { ...table, columns, ...follows };
}

function columnWith(column: ColumnMapping, names: Names): ColumnMapping {
  const steps = column.steps?.map((step) => stepWith(step, names));
  return steps?.some((step, i) => step !== column.steps![i]) ? { ...column, steps } : column;
}

function stepWith(step: Transform, { table, column }: Names): Transform {
  if (step.do !== 'lookup') return step;
  const { in: name, match, take } = step;
  const next = { ...step, in: table(name), match: column(name, match), take: column(name, take) };
  return next.in === name && next.match === match && next.take === take ? step : next;
}

function keysWith(keys: DeclaredKeys, renamed: Renamed, { table, column }: Names): DeclaredKeys {
  const own = (names: readonly string[]) => names.map((name) => renamed.get(name) ?? name);
  const { primary, unique, references, without } = keys;
  return {
    ...(primary ? { primary: own(primary) } : {}),
    ...(unique ? { unique: unique.map(own) } : {}),
    ...(references
      ? {
          references: references.map((each) => ({
            columns: own(each.columns),
            table: table(each.table),
            to: each.to.map((name) => column(each.table, name)),
          })),
        }
      : {}),
    ...(without ? { without: without.map((each) => ({ columns: own(each.columns), table: table(each.table) })) } : {}),
  };
}

function ruleWith(rule: Rule, renamed: Renamed, { table, column }: Names): Rule {
  const own = (name: string) => renamed.get(name) ?? name;
  if (rule.rule === 'unique') return { ...rule, columns: rule.columns.map(own) };
  if (rule.rule === 'compare') return { ...rule, column: own(rule.column), to: own(rule.to) };
  if (rule.rule === 'exists') {
    return { ...rule, column: own(rule.column), in: table(rule.in), match: column(rule.in, rule.match) };
  }
  return { ...rule, column: own(rule.column) };
}
