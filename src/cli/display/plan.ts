// A plan for people: what moves where, in which order, what stands in the way.

import { estimateOf } from '../../shared/feeds.ts';
import { about, count, list, many, size } from '../../shared/format.ts';
import { mergeFate } from '../../shared/merging-words.ts';
import type { Feed, Plan, TablePlan } from '../../shared/model/plan.ts';
import { findingLines, findingSummary } from './findings.ts';
import { columns, visible } from './text.ts';
import type { Theme } from './theme.ts';

export function planLines(theme: Theme, plan: Plan, terminalWidth: number): string[] {
  const rows = plan.tables.reduce((sum, table) => sum + estimateOf(table).rows, 0);
  const arrow = theme.glyph.arrow;
  const servers = `${plan.source.variant} ${plan.source.version} ${arrow} ${plan.target.variant} ${plan.target.version}`;
  return [
    '',
    `  ${theme.strong(visible(plan.project))}  ${theme.quiet(servers)}`,
    `  ${many(plan.tables.length, 'table')}, ${about(rows)} rows; ${findingSummary(plan.findings)}`,
    '',
    ...tableLines(theme, plan, terminalWidth),
    ...cycleLines(theme, plan),
    ...findingLines(theme, plan.findings, terminalWidth),
    '',
  ];
}

/** What happens to the table that stands in the target now, in a few words. */
export function fate(table: TablePlan): string {
  const { existing, mode } = table;
  if (table.merge) return mergeFate(table);
  if (!existing) return 'new table';
  if (existing.empty) return 'takes the place of an empty table';
  const rows = `${about(existing.rows)} ${existing.rows === 1 ? 'row' : 'rows'}`;
  return mode === 'replace' ? `replaces a table of ${rows}, kept` : `a table of ${rows} stands there`;
}

function tableLines(theme: Theme, plan: Plan, terminalWidth: number): string[] {
  const position = new Map(plan.order.flatMap((group, i) => group.map((name) => [name, i + 1] as const)));
  const place = (table: TablePlan) => position.get(table.target.name) ?? position.get(table.source) ?? 0;
  const rows = plan.tables
    .toSorted((a, b) => place(a) - place(b))
    .flatMap((table) => [
      line(table, [count(place(table)), table.target.name, count(table.target.columns.length), fate(table)]),
      ...table.feeds.map((feed) => line(feed, ['', table.target.name, '', 'the same table'])),
    ]);
  return columns(
    theme,
    [
      { title: '  order', align: 'right', style: theme.quiet },
      { title: 'from', elastic: true },
      { title: 'rows', align: 'right' },
      { title: 'size', align: 'right' },
      { title: 'into' },
      { title: 'columns', align: 'right' },
      { title: 'in the target' },
    ],
    rows,
    terminalWidth,
  );
}

/** One source of a table, with what is said of the table itself. */
function line(feed: Feed, [place, target, columns, fate]: readonly [string, string, string, string]): string[] {
  const { rows, bytes } = feed.estimate;
  return [
    `  ${place}`,
    visible(feed.source),
    about(rows),
    bytes === null ? '' : size(bytes),
    visible(target),
    columns,
    fate + (feed.filter ? ', filtered' : ''),
  ];
}

function cycleLines(theme: Theme, { order }: Plan): string[] {
  return order
    .filter((group) => group.length > 1)
    .map((group) => `  ${theme.note(theme.glyph.note)} ${visible(list(group, 8))} refer to each other in a cycle`);
}
