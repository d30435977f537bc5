// What is selected and how it is looked at: kept while other screens are open, and told to the address bar.

import { createStore } from 'zustand/vanilla';
import { navigation, stay } from '../../client/stores/navigation.ts';

export type View = 'canvas' | 'tree';

export interface Selection {
  readonly view: View;
  /** Key of the table, and of the column within it; see model/keys.ts. */
  readonly table: string | null;
  readonly column: string | null;
  /** What was typed to narrow the tables, and the columns of the canvas. */
  readonly typed: string;
  readonly typedColumn: string;
  /** Tables that the tree shows with their columns. */
  readonly open: ReadonlySet<string>;
}

const TELL_AFTER_MS = 250;

export const selection = createStore<Selection>(() => ({
  view: 'canvas',
  table: null,
  column: null,
  typed: '',
  typedColumn: '',
  open: new Set(),
}));

export function select(table: string | null, column: string | null = null): void {
  const now = selection.getState();
  if (now.table === table && now.column === column) return;
  selection.setState({ table, column, ...(now.table === table ? {} : { typedColumn: '' }) });
  tellSoon();
}

/** From elsewhere: what the address asks for is shown, whatever was typed before. */
export function showPlace(table: string, column: string | null): void {
  const now = selection.getState();
  if (now.table === table && now.column === column) return;
  const open = column === null ? now.open : new Set([...now.open, table]);
  selection.setState({ table, column, open, typed: '', typedColumn: '' });
  tellSoon();
}

export function setOpen(table: string, isOpen: boolean): void {
  const open = new Set(selection.getState().open);
  if (isOpen) open.add(table);
  else open.delete(table);
  selection.setState({ open });
}

/** Whoever changes to the tree sees the table that was looked at, with its columns. */
export function setView(view: View): void {
  const { table, open } = selection.getState();
  selection.setState({ view, open: view === 'tree' && table !== null ? new Set([...open, table]) : open });
}

let timer: ReturnType<typeof setTimeout> | undefined;

/** A browser refuses an address that changes with every key held down. */
function tellSoon(): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    if (navigation.getState().place.at !== 'map') return;
    const { table, column } = selection.getState();
    stay({ at: 'map', ...(table === null ? {} : { table }), ...(column === null ? {} : { column }) });
  }, TELL_AFTER_MS);
}
