// What the list of runs tells of each.

import { count, duration } from '../../../shared/format.ts';
import type { RunSummary } from '../../../shared/model/run.ts';
import { addressOf } from '../../ui/format/address.ts';
import { exactly, when } from '../../ui/format/moment.ts';
import type { GridColumn } from '../../ui/grid/column.ts';
import { RunStateMark } from '../../ui/state/RunStateMark.tsx';

export const columns: readonly GridColumn<RunSummary>[] = [
  {
    id: 'state',
    header: 'State',
    width: 108,
    value: ({ state }) => state,
    cell: ({ state }) => <RunStateMark state={state} />,
  },
  { id: 'project', header: 'Project', width: 112, value: ({ project }) => project },
  {
    id: 'source',
    header: 'Source',
    width: 108,
    mono: true,
    value: ({ source }) => source,
    cell: ({ source }) => <span title={source}>{addressOf(source).name}</span>,
  },
  {
    id: 'target',
    header: 'Target',
    width: 108,
    mono: true,
    value: ({ target }) => target,
    cell: ({ target }) => <span title={target}>{addressOf(target).name}</span>,
  },
  {
    id: 'rows',
    header: 'Rows',
    width: 104,
    align: 'right',
    mono: true,
    value: ({ rows }) => rows,
    cell: ({ rows }) => count(rows),
  },
  {
    id: 'started',
    header: 'Started',
    width: 116,
    value: ({ startedAt }) => startedAt,
    cell: ({ startedAt }) => <span title={exactly(startedAt)}>{when(startedAt)}</span>,
  },
  {
    id: 'duration',
    header: 'Took',
    width: 80,
    align: 'right',
    value: secondsOf,
    cell: (run) => {
      const seconds = secondsOf(run);
      return seconds === null ? '' : duration(seconds);
    },
  },
];

export function matches({ project, source, target, state, run }: RunSummary, sought: string): boolean {
  return [project, source, target, state, run].some((text) => text.toLowerCase().includes(sought));
}

export function secondsOf({ startedAt, finishedAt }: RunSummary): number | null {
  return finishedAt === null ? null : (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000;
}
