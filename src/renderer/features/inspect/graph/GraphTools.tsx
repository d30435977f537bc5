// Above the graph: how much of it is drawn, around which table, and what is in it.

import { SegmentedControl, Select } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { count, many } from '../../../../shared/format.ts';
import { useFrom } from '../../../client/use-from.ts';
import { inspecting, type Steps } from '../inspect-store.ts';
import classes from './graph.module.css';
import type { TableGraph } from './graph.ts';

export interface GraphToolsProps {
  readonly graph: TableGraph;
  readonly shown: number;
  readonly chosen: string | null;
  /** Too many tables to draw them all. */
  readonly crowded: boolean;
  readonly onChoose: (table: string) => void;
}

const OPTIONS_SHOWN = 60;

export function GraphTools({ graph, shown, chosen, crowded, onChoose }: GraphToolsProps): React.JSX.Element {
  const steps = useFrom(inspecting, (state) => state.steps);
  const cycles = new Set(graph.cycles.values()).size;
  return (
    <div className={classes.tools}>
      <Select
        aria-label="Table to start from"
        placeholder="Choose a table"
        searchable
        limit={OPTIONS_SHOWN}
        data={namesOf(graph)}
        value={chosen}
        onChange={(table) => (table === null ? undefined : onChoose(table))}
        className={classes.start}
        classNames={{ input: 'mono', option: 'mono' }}
        nothingFoundMessage="No table of that name."
      />
      <SegmentedControl
        aria-label="How far from the chosen table"
        data={[
          { value: '1', label: '1 step' },
          { value: '2', label: '2 steps' },
          { value: '3', label: '3 steps' },
          { value: 'all', label: 'All tables', disabled: crowded },
        ]}
        value={String(crowded ? (steps ?? 1) : (steps ?? 'all'))}
        onChange={(value) => inspecting.setState({ steps: stepsOf(value) })}
      />
      <span className="quiet" role="status">
        {shown < graph.tables.size
          ? `${count(shown)} of ${many(graph.tables.size, 'table')}`
          : many(graph.tables.size, 'table')}
        , {many(graph.references.length, 'reference')}
      </span>
      {cycles > 0 ? (
        <span className={classes.cycle}>
          <IconRefresh size={14} aria-hidden /> {many(cycles, 'cycle')}
        </span>
      ) : null}
    </div>
  );
}

function stepsOf(value: string): Steps {
  switch (value) {
    case '1':
      return 1;
    case '2':
      return 2;
    case '3':
      return 3;
    default:
      return null;
  }
}

const known = new WeakMap<TableGraph, string[]>();

function namesOf(graph: TableGraph): string[] {
  let names = known.get(graph);
  if (!names) {
    names = [...graph.tables.keys()];
    known.set(graph, names);
  }
  return names;
}
