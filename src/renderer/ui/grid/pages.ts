// Rows that are fetched as they are looked at: page by page, a few at a time, and only as many are held as may be seen again soon.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Page } from '../../../shared/model/page.ts';

export type FetchPage<R> = (place: { readonly offset: number; readonly limit: number }) => Promise<Page<R>>;

export interface PagesState<R> {
  /** null until the first page has come. */
  readonly total: number | null;
  /** By the number of the page. */
  readonly pages: ReadonlyMap<number, readonly R[]>;
  /** Why the last page did not come. */
  readonly error: unknown;
}

export interface Pages<R> {
  readonly store: StoreApi<PagesState<R>>;
  /** Fetches what is missing of these rows. While a page is on its way only the last wish is remembered. */
  look(first: number, last: number): void;
  /** One row, fetched where it is missing; undefined beyond the last. */
  row(index: number): Promise<R | undefined>;
  /** Every row, one page after the other. */
  all(): Promise<R[]>;
}

const PAGE = 100;
/** Four thousand rows. */
const KEPT = 40;
/** As many as may be asked for at once. */
const MOST = 1000;

/** `before` is shown until the first page has come: another order of the same list does not flicker. */
export function createPages<R>(fetch: FetchPage<R>, before?: PagesState<R>): Pages<R> {
  const store = createStore<PagesState<R>>(() => ({ total: null, pages: new Map(), error: null, ...before }));
  let isFresh = false;
  let wish: { readonly first: number; readonly last: number } | null = null;
  let working = false;

  function has(page: number): boolean {
    return isFresh && store.getState().pages.has(page);
  }

  async function bring(page: number): Promise<void> {
    try {
      const { total, rows } = await fetch({ offset: page * PAGE, limit: PAGE });
      // In the order of their coming: the oldest goes first.
      const pages = new Map(isFresh ? store.getState().pages : []);
      isFresh = true;
      pages.delete(page);
      pages.set(page, rows);
      if (pages.size > KEPT) pages.delete(pages.keys().next().value!);
      store.setState({ total, pages, error: null });
    } catch (error) {
      store.setState({ error });
      throw error;
    }
  }

  async function work(): Promise<void> {
    working = true;
    try {
      for (let next = missing(); next !== null; next = missing()) await bring(next);
    } catch {
      // It is told, and tried again with the next look.
      wish = null;
    } finally {
      working = false;
    }
  }

  function missing(): number | null {
    if (wish === null) return null;
    for (let page = Math.floor(wish.first / PAGE); page <= Math.floor(wish.last / PAGE); page++) {
      if (!has(page)) return page;
    }
    return null;
  }

  return {
    store,
    look(first, last) {
      wish = { first, last };
      if (!working) void work();
    },
    async row(index) {
      const page = Math.floor(index / PAGE);
      if (!has(page)) await bring(page);
      return store.getState().pages.get(page)?.[index % PAGE];
    },
    async all() {
      const rows: R[] = [];
      for (;;) {
        const page = await fetch({ offset: rows.length, limit: MOST });
        rows.push(...page.rows);
        if (page.rows.length === 0 || rows.length >= page.total) return rows;
      }
    },
  };
}

export function rowIn<R>({ pages }: PagesState<R>, index: number): R | undefined {
  return pages.get(Math.floor(index / PAGE))?.[index % PAGE];
}

/** Where a row is among those that are held; -1: it is not. */
export function placeIn<R>({ pages }: PagesState<R>, is: (row: R) => boolean): number {
  for (const [page, rows] of pages) {
    const at = rows.findIndex(is);
    if (at >= 0) return page * PAGE + at;
  }
  return -1;
}
