// Renamed-looking: under which new name a table or column that is gone may live on. A guess, offered and never taken.

import type { Column, Table } from '../../shared/model/catalog.ts';

const MOST = 3;

/** New columns of the same type and place, or of a similar name; likeliest first. `type` and `place` (-1) may be unknown. */
export function columnCandidates(
  gone: string,
  type: string | null,
  place: number,
  table: Table,
  fresh: readonly Column[],
): string[] {
  return likeliest(
    fresh.map(({ name, native }) => {
      const sameType = type !== null && type.toLowerCase() === native.toLowerCase();
      const samePlace = place >= 0 && table.columns.findIndex((column) => column.name === name) === place;
      const similar = similarity(gone, name);
      const likely = (sameType && samePlace) || similar >= (sameType || samePlace ? 0.4 : 0.6);
      return { name, score: likely ? similar + (sameType ? 0.5 : 0) + (samePlace ? 0.4 : 0) : 0 };
    }),
  );
}

/** New tables that hold most of the columns which the mapping reads, or some of them under a similar name. */
export function tableCandidates(gone: string, columns: readonly string[], fresh: readonly Table[]): string[] {
  return likeliest(
    fresh.map((table) => {
      const there = new Set(table.columns.map(({ name }) => name));
      const shared = columns.filter((name) => there.has(name)).length / Math.max(columns.length, there.size, 1);
      const similar = similarity(gone, table.name);
      return { name: table.name, score: shared >= 0.6 || (shared >= 0.3 && similar >= 0.5) ? shared + similar : 0 };
    }),
  );
}

function likeliest(all: readonly { readonly name: string; readonly score: number }[]): string[] {
  const found = all.filter(({ score }) => score > 0).toSorted((a, b) => b.score - a.score);
  return found.slice(0, MOST).map(({ name }) => name);
}

/** 1 for the same letters, 0 for nothing in common: pairs of letters shared, or one name within the other. */
export function similarity(a: string, b: string): number {
  const [left, right] = [plain(a), plain(b)];
  if (left === right) return 1;
  if (left === '' || right === '') return 0;
  const within = left.includes(right) || right.includes(left);
  const [one, two] = [pairs(left), pairs(right)];
  const all = one.size + two.size;
  const shared = [...one].filter((pair) => two.has(pair)).length;
  return Math.max(all === 0 ? 0 : (2 * shared) / all, within ? 0.6 : 0);
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}

function pairs(text: string): ReadonlySet<string> {
  return new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, i) => text.slice(i, i + 2)));
}
