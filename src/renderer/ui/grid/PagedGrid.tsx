// A grid of rows that the engine holds: it fetches those that are seen, and has them sorted there.

import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Page } from '../../../shared/model/page.ts';
import type { SortBy } from '../../../shared/ordering.ts';
import { useFrom } from '../../client/use-from.ts';
import { type GridColumn, toTsv } from './column.ts';
import { GridView } from './GridView.tsx';
import { createPages, type Pages, placeIn, rowIn } from './pages.ts';
import { useGrid, useSorting } from './use-grid.ts';

export interface PageQuery<K extends string> {
  readonly sort: readonly SortBy<K>[];
  readonly offset: number;
  readonly limit: number;
}

/** Its id is what the engine sorts by. */
export type PagedColumn<R, K extends string> = GridColumn<R> & ({ readonly id: K } | { readonly sortable: false });

export interface PagedGridProps<R, K extends string> {
  readonly label: string;
  /** Stable between draws. */
  readonly columns: readonly PagedColumn<R, K>[];
  /** Stable between draws: another one is another list. */
  readonly fetch: (query: PageQuery<K>) => Promise<Page<R>>;
  readonly keyOf: (row: R) => string;
  readonly selected?: string | null;
  readonly onSelect?: (row: R) => void;
  /** Told whenever it is known anew how many rows there are. */
  readonly onTotal?: (total: number) => void;
  /** Told when a page does not come; null when one came again. */
  readonly onError?: (error: unknown) => void;
  readonly remember?: string;
  readonly empty?: ReactNode;
}

export function PagedGrid<R, K extends string>(props: PagedGridProps<R, K>): React.JSX.Element {
  const { label, columns, fetch, keyOf, selected = null, onSelect, onTotal, onError, remember, empty } = props;
  const pages = useRef<Pages<R> | null>(null);
  const grid = useGrid(columns, pages.current ? rowIn(pages.current.store.getState(), 0) : undefined, remember);
  const sort = useSorting(grid) as readonly SortBy<K>[];
  const now = useMemo(() => {
    const before = pages.current?.store.getState();
    pages.current = createPages<R>((place) => fetch({ sort, ...place }), before);
    return pages.current;
  }, [fetch, sort]);
  const state = useFrom(now.store, (each) => each);
  const { total, error } = state;
  useEffect(() => {
    // Where there are rows, the grid says which of them are seen.
    if (!now.store.getState().total) now.look(0, 0);
  }, [now]);
  useEffect(() => {
    if (total !== null) onTotal?.(total);
  }, [total, onTotal]);
  useEffect(() => onError?.(error), [error, onError]);
  // Where it was chosen it stays: a page that comes back must not scroll to it.
  const [picked, setPicked] = useState<{ key: string; index: number; of: Pages<R> } | null>(null);
  const at = useMemo(() => {
    if (selected === null) return -1;
    if (picked?.of === now && picked.key === selected) return picked.index;
    return placeIn(state, (row) => keyOf(row) === selected);
  }, [state, now, picked, keyOf, selected]);
  const look = useCallback((first: number, last: number) => now.look(first, last), [now]);

  function pick(index: number): void {
    const choose = (row: R | undefined): void => {
      if (row === undefined) return;
      setPicked({ key: keyOf(row), index, of: now });
      onSelect?.(row);
    };
    const known = rowIn(state, index);
    if (known !== undefined) choose(known);
    else now.row(index).then(choose, ignore);
  }

  return (
    <GridView
      label={label}
      grid={grid}
      columns={columns}
      count={total ?? 0}
      rowAt={(index) => rowIn(state, index)}
      keyOf={keyOf}
      at={at}
      onPick={pick}
      onOpen={ignore}
      copy={async (shown) => toTsv(shown, await now.all())}
      onLook={look}
      empty={total === null ? 'Reading…' : empty}
    />
  );
}

/** What did not come is told by the pages. */
const ignore = (): void => undefined;
