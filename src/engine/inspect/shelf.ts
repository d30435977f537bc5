// A small shelf of catalogues: what was inspected stays at hand, so that its tables can be looked at one by one.

import type { Catalog } from '../../shared/model/catalog.ts';

const PLACES = 8;

export interface Shelf {
  /** The catalogue of that name, inspected where it is not there yet or `refresh` asks for it. */
  get(name: string, inspect: () => Promise<Catalog>, refresh?: boolean): Promise<Catalog>;
}

export function createShelf(places = PLACES): Shelf {
  /** In the order of use, the latest last. Whoever asks meanwhile waits for the same inspection. */
  const kept = new Map<string, Promise<Catalog>>();

  return {
    get(name, inspect, refresh = false) {
      const catalog = (refresh ? undefined : kept.get(name)) ?? inspect();
      kept.delete(name);
      kept.set(name, catalog);
      for (const oldest of [...kept.keys()].slice(0, Math.max(0, kept.size - places))) kept.delete(oldest);
      catalog.catch(() => {
        if (kept.get(name) === catalog) kept.delete(name);
      });
      return catalog;
    },
  };
}
