// Steps of a column, or rules of a table, while they are worked on: which line is open, and what is typed and not taken yet.

import { useEffect, useMemo, useRef, useState } from 'react';
import { doEdit } from '../mapping.ts';
import type { Edit } from '../model/edits.ts';
import type { Form } from './draft.ts';
import { moved } from './edits.ts';

export interface Line<T> {
  readonly name: string;
  /** null: chosen, and not whole yet; the project does not have it. */
  readonly item: T | null;
}

/** What tells one kind of chain from another. */
export interface ChainKit<T> {
  /** Before the ids of its lines. */
  readonly id: string;
  readonly nameOf: (item: T) => string;
  readonly formOf: (name: string) => Form<T>;
  readonly add: (item: T) => Edit;
  readonly change: (place: number, item: T) => Edit;
  readonly remove: (item: T, place: number) => Edit;
  readonly move: (item: T, from: number, to: number) => Edit;
}

export interface Chain<T> {
  readonly kit: ChainKit<T>;
  readonly lines: readonly Line<T>[];
  /** The place of the line whose settings are shown. */
  readonly open: number | null;
  /** The items as they would be with what is typed. */
  readonly shown: readonly T[];
  add(name: string): void;
  toggle(place: number): void;
  type(place: number, item: T | null): void;
  take(place: number, item: T): void;
  move(place: number, to: number): void;
  remove(place: number): void;
  focus(place: number): void;
}

export const addId = (chain: string) => `map-add-${chain}`;
export const lineId = (chain: string, place: number) => `map-${chain}-${place}`;

export function useChain<T extends object>(kit: ChainKit<T>, items: readonly T[]): Chain<T> {
  const [open, setOpen] = useState<number | null>(null);
  const [fresh, setFresh] = useState<string | null>(null);
  const [typed, setTyped] = useState<{ readonly place: number; readonly item: T } | null>(null);
  const wanted = useRef<number | null>(null);
  const lines = useMemo(() => {
    const whole = items.map((item): Line<T> => ({ name: kit.nameOf(item), item }));
    return fresh ? [...whole, { name: fresh, item: null }] : whole;
  }, [items, fresh, kit]);
  const shown = useMemo(() => {
    if (!typed || typed.place > items.length) return items;
    return typed.place < items.length ? items.with(typed.place, typed.item) : [...items, typed.item];
  }, [items, typed]);

  useEffect(() => {
    if (wanted.current === null) return;
    focusOn(kit.id, Math.min(wanted.current, lines.length - 1));
    wanted.current = null;
  });
  // What is taken, or undone, is not typed any more.
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever the items are others
  useEffect(() => setTyped(null), [items]);

  return {
    kit,
    lines,
    open,
    shown,
    add(name) {
      const { fields, read } = kit.formOf(name);
      const whole = fields.some(({ required }) => required) ? null : (read({}).data ?? null);
      setFresh(whole ? null : name);
      setOpen(fields.length > 0 ? items.length : null);
      if (!whole) return;
      doEdit(kit.add(whole));
      wanted.current = items.length;
    },
    toggle(place) {
      setOpen(open === place ? null : place);
      setTyped(null);
      if (open === place && place === items.length) setFresh(null);
      if (open === place) wanted.current = place;
    },
    type: (place, item) => setTyped(item && { place, item }),
    take(place, item) {
      if (place === items.length) {
        setFresh(null);
        doEdit(kit.add(item));
      } else doEdit(kit.change(place, item));
    },
    move(place, to) {
      const item = items[place];
      if (!item || moved(items, place, to) === items) return;
      doEdit(kit.move(item, place, to));
      if (open === place) setOpen(to);
      else if (open === to) setOpen(place);
      wanted.current = to;
    },
    remove(place) {
      const item = items[place];
      if (item) doEdit(kit.remove(item, place));
      else setFresh(null);
      setOpen(open === null || open === place ? null : open > place ? open - 1 : open);
      wanted.current = place;
    },
    focus: (place) => focusOn(kit.id, Math.max(0, place)),
  };
}

/** Beyond the last line is the button that adds another. */
function focusOn(chain: string, place: number): void {
  (document.getElementById(lineId(chain, place)) ?? document.getElementById(addId(chain)))?.focus();
}
