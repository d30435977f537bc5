// All tables of a database, to sort, filter and choose from.

import { CloseButton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useDeferredValue, useMemo } from 'react';
import type { Side } from '../../../../shared/contract.ts';
import { count, many } from '../../../../shared/format.ts';
import type { Overview, TableSummary } from '../../../../shared/model/overview.ts';
import { go } from '../../../client/stores/navigation.ts';
import { planStore } from '../../../client/stores/plan.ts';
import { useFrom } from '../../../client/use-from.ts';
import { DataGrid } from '../../../ui/grid/DataGrid.tsx';
import { choose, inspecting } from '../inspect-store.ts';
import { inventoryColumns } from './inventory-columns.tsx';
import classes from './list.module.css';

export interface InventoryProps {
  readonly side: Side;
  readonly overview: Overview;
  readonly chosen: string | null;
}

const nameOf = ({ name }: TableSummary): string => name;

export function Inventory({ side, overview, chosen }: InventoryProps): React.JSX.Element {
  const filter = useFrom(inspecting, (state) => state.filter);
  const plan = useFrom(planStore, (state) => state.plan);
  const wanted = useDeferredValue(filter.trim().toLowerCase());
  const columns = useMemo(() => inventoryColumns(side, plan), [side, plan]);
  const rows = useMemo(
    () => (wanted === '' ? overview.tables : overview.tables.filter(({ name }) => name.toLowerCase().includes(wanted))),
    [overview, wanted],
  );
  const clear = (): void => inspecting.setState({ filter: '' });
  return (
    <div className={classes.list}>
      <div className={classes.tools}>
        <TextInput
          className={classes.filter}
          aria-label="Filter tables by name"
          placeholder="Filter by name"
          leftSection={<IconSearch size={14} aria-hidden />}
          rightSection={filter === '' ? null : <CloseButton size="xs" aria-label="Clear the filter" onClick={clear} />}
          value={filter}
          onChange={({ currentTarget }) => inspecting.setState({ filter: currentTarget.value })}
          onKeyDown={({ key }) => (key === 'Escape' ? clear() : undefined)}
        />
        <span className="quiet" role="status">
          {wanted === ''
            ? many(overview.tables.length, 'table')
            : `${count(rows.length)} of ${many(overview.tables.length, 'table')}`}
        </span>
      </div>
      <div className={classes.grid}>
        <DataGrid
          label={`Tables of the ${side}`}
          columns={columns}
          rows={rows}
          keyOf={nameOf}
          selected={chosen}
          onSelect={({ name }) => choose(side, name)}
          onOpen={side === 'source' ? ({ name }) => go({ at: 'map', table: name }) : ({ name }) => choose(side, name)}
          remember={`inspect.${side}`}
          empty={overview.tables.length === 0 ? 'This database holds no tables.' : 'No table has this in its name.'}
        />
      </div>
    </div>
  );
}
