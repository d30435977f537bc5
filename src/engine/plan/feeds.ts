// Mappings that feed a table together: one leads and makes the table, the others bring rows in its words.

import { joinedTo } from '../../shared/feeds.ts';
import type { ColumnMapping, Project, TableMapping } from '../../shared/model/mapping.ts';
import type { Capabilities } from '../dialects/capabilities.ts';
import { fitName, nameKey } from '../dialects/names.ts';
import type { Context } from './context.ts';
import { reportColumn, reportSettings, reportType } from './findings/feeds.ts';
import { staysNullable } from './nullability.ts';
import type { TablePair } from './pairs.ts';

type Names = Pick<Context, 'targetCan'>;

/** Whatever the leading mapping loads and another one does not map is NULL in the rows of that other. */
export function withGapsFilled(project: Project, targetCan: Capabilities, sourceCan: Capabilities): Project {
  const joined = joinedTo(project.tables, (name) => nameKey(name, targetCan));
  if (joined.size === 0) return project;
  const tables = project.tables.map((mapping) => {
    const lead = joined.get(mapping);
    if (!lead) return mapping;
    const gaps = kept(lead).filter((column) => !columnFor(column.target, mapping, { targetCan }));
    return gaps.length === 0 ? mapping : { ...mapping, columns: [...mapping.columns, ...gaps.map(nothingFor)] };
  });
  return { ...project, tables };

  function nothingFor({ target, type }: ColumnMapping): ColumnMapping {
    const source = fitName(`${target} (not given)`, sourceCan);
    // Neither database is asked to count it.
    return { source, from: { kind: 'constant', value: null }, target, type, unrepresentable: 'null' };
  }
}

/** The mapping as the leading one lets it be: its names, types, modes and order of columns. What differs blocks the plan. */
export function asLedBy(mapping: TableMapping, lead: TablePair, context: Context): TableMapping {
  const { mode, key, onConflict, keys } = lead.mapping;
  const loaded = lead.columns.flatMap((made): ColumnMapping[] => {
    const own = columnFor(made.mapping.target, mapping, context);
    if (!own) return [];
    if (!lead.into) reportType(own, mapping, made, lead, context);
    const { target, type } = made.mapping;
    return [{ ...own, target, type, nullable: staysNullable(made, lead, context) }];
  });
  const known = new Set(loaded.map(({ source }) => source));
  for (const own of kept(mapping)) if (!known.has(own.source)) reportColumn(own, mapping, lead, context);
  reportSettings(mapping, lead, context);
  const others = mapping.columns.filter(({ source }) => !known.has(source)).map((own) => ({ ...own, skip: true }));
  const { mode: _, key: __, onConflict: ___, keys: ____, ...rest } = mapping;
  return {
    ...rest,
    target: lead.mapping.target,
    ...(mode === undefined ? {} : { mode }),
    ...(key === undefined ? {} : { key }),
    ...(onConflict === undefined ? {} : { onConflict }),
    ...(keys === undefined ? {} : { keys }),
    columns: [...loaded, ...others],
  };
}

function kept({ columns }: TableMapping): ColumnMapping[] {
  return columns.filter(({ skip }) => !skip);
}

function columnFor(target: string, mapping: TableMapping, { targetCan }: Names): ColumnMapping | undefined {
  return kept(mapping).find((column) => nameKey(column.target, targetCan) === nameKey(target, targetCan));
}
