// What rolling a run back means for its tables, in sentences.

import { count, many } from '../../../shared/format.ts';
import type { Returning } from '../../../shared/model/run.ts';
import { companions } from './companions.ts';

/** "2 tables of before come back, and 1 table that the run made goes". */
export function fateWords(tables: number, returning: number): string {
  const going = tables - returning;
  const parts = [
    returning > 0 ? `${many(returning, 'table')} of before ${returning === 1 ? 'comes' : 'come'} back` : '',
    going > 0 ? `${many(going, 'table')} that the run made ${going === 1 ? 'goes' : 'go'}` : '',
  ];
  return parts.filter(Boolean).join(', and ');
}

/** The same of those that are chosen, with how many come along and how many stay. */
export function chosenWords(chosen: ReadonlySet<string>, tables: readonly Returning[]): string {
  const along = companions(chosen, tables);
  const going = tables.filter(({ table }) => chosen.has(table) || along.has(table));
  if (going.length === 0) return 'No table is chosen yet.';
  const tied = along.size > 0 ? `, ${count(along.size)} of them tied by foreign keys` : '';
  const staying = tables.filter(({ stands }) => stands !== 'taken back').length - going.length;
  const rest = staying > 0 ? `; ${many(staying, 'table')} ${staying === 1 ? 'stays' : 'stay'} published` : '';
  return `${fateWords(going.length, going.filter(({ replaces }) => replaces).length)}${tied}${rest}.`;
}
