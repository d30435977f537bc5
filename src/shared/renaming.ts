// Renaming: what else in a project names a target table or column follows when it gets another name.

import type { ColumnMapping, DeclaredKeys, Project, TableMapping } from './model/mapping.ts';
import type { Rule } from './model/rule.ts';
import type { Transform } from './model/transform.ts';

/** `after` has the tables and columns of `before` in the same places. Gives `after` itself where nothing follows. */
export function withNamesCarried(before: Project, after: Project): Project {
  const names = namesBetween(before, after);
  if (!names) return after;
  let isSame = true;
  const tables = after.tables.map((table, i) => {
    const next = tableWith(table, before.tables[i]!.target, names);
    if (next !== table) isSame = false;
    return next;
  });
  return isSame ? after : { ...after, tables };
}

interface Names {
  readonly table: (name: string) => string;
  /** `table` is the name it had. */
  readonly column: (table: string, name: string) => string;
}

function namesBetween(before: Project, after: Project): Names | null {
  const tables = new Map<string, string>();
  const columns = new Map<string, ReadonlyMap<string, string>>();
  for (const [i, was] of before.tables.entries()) {
    const is = after.tables[i];
    // Of two with one name the first is meant, as by the plan.
    if (!is || is === was || was.skip || tables.has(was.target) || columns.has(was.target)) continue;
    if (is.target !== was.target) tables.set(was.target, is.target);
    const changed = was.columns.flatMap(({ target }, j) => {
      const to = is.columns[j]?.target ?? target;
      return to === target ? [] : [[target, to] as const];
    });
    if (changed.length > 0) columns.set(was.target, new Map(changed));
  }
  if (tables.size === 0 && columns.size === 0) return null;
  return {
    table: (name) => tables.get(name) ?? name,
    column: (table, name) => columns.get(table)?.get(name) ?? name,
  };
}

function tableWith(table: TableMapping, was: string, names: Names): TableMapping {
  const columns = table.columns.map((column) => columnWith(column, names));
  const follows = {
    ...(table.keys ? { keys: keysWith(table.keys, was, names) } : {}),
    ...(table.rules ? { rules: table.rules.map((rule) => ruleWith(rule, was, names)) } : {}),
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

function keysWith(keys: DeclaredKeys, was: string, { table, column }: Names): DeclaredKeys {
  const own = (names: readonly string[]) => names.map((name) => column(was, name));
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

function ruleWith(rule: Rule, was: string, { table, column }: Names): Rule {
  const own = (name: string) => column(was, name);
  if (rule.rule === 'unique') return { ...rule, columns: rule.columns.map(own) };
  if (rule.rule === 'compare') return { ...rule, column: own(rule.column), to: own(rule.to) };
  if (rule.rule === 'exists') {
    return { ...rule, column: own(rule.column), in: table(rule.in), match: column(rule.in, rule.match) };
  }
  return { ...rule, column: own(rule.column) };
}
