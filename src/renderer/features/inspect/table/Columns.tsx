// The columns of a table: native type, what it means, NULL, default, keys, marks of personal data, generation, comment.

import { useMemo } from 'react';
import type { Side } from '../../../../shared/contract.ts';
import type { Column, ColumnDefault, Table } from '../../../../shared/model/catalog.ts';
import type { PersonalMark } from '../../../../shared/model/column-profile.ts';
import { personalWords } from '../../../../shared/profile-words.ts';
import { useFrom } from '../../../client/use-from.ts';
import type { GridColumn } from '../../../ui/grid/column.ts';
import { DataGrid } from '../../../ui/grid/DataGrid.tsx';
import { Personal } from '../profile/Personal.tsx';
import { marksOf, profileKey, profiles } from '../profile/profile-store.ts';
import { typeWords } from './type-words.ts';

export function Columns({ side, table }: { readonly side: Side; readonly table: Table }): React.JSX.Element {
  const key = profileKey(side, table.name);
  const known = useFrom(profiles, (state) => state.known[key]);
  const named = useFrom(profiles, (state) => state.marks[key]);
  const columns = useMemo(() => {
    const marks = new Map(table.columns.map(({ name }) => [name, marksOf(name, named, known)]));
    const structure = columnsOf(table);
    const marked = [...marks.values()].some((found) => found.length > 0);
    return marked ? [...structure.slice(0, 2), personalColumn(marks), ...structure.slice(2)] : structure;
  }, [table, named, known]);
  return (
    <DataGrid
      label={`Columns of ${table.name}`}
      columns={columns}
      rows={table.columns}
      keyOf={nameOf}
      remember="inspect.columns"
    />
  );
}

function personalColumn(marks: ReadonlyMap<string, readonly PersonalMark[]>): GridColumn<Column> {
  const of = ({ name }: Column) => marks.get(name) ?? [];
  return {
    id: 'personal',
    header: 'Personal data',
    width: 208,
    value: (column) => personalWords(of(column)).join('; '),
    cell: (column) => <Personal marks={of(column)} why />,
  };
}

const nameOf = ({ name }: Column): string => name;

function columnsOf(table: Table): readonly GridColumn<Column>[] {
  const keys = keysByColumn(table);
  const keyWords = ({ name }: Column) => (keys.get(name) ?? []).join(', ');
  return [
    { id: 'name', header: 'Column', width: 136, mono: true, value: ({ name }) => name },
    { id: 'native', header: 'Type', width: 128, mono: true, value: ({ native }) => native },
    {
      id: 'null',
      header: 'NULL',
      width: 72,
      value: ({ nullable }) => (nullable ? 'allowed' : 'not null'),
      cell: ({ nullable }) => (nullable ? 'allowed' : <span className="quiet">no</span>),
    },
    { id: 'key', header: 'Key', width: 128, value: keyWords, cell: (column) => hover(keyWords(column)) },
    {
      id: 'logical',
      header: 'Meaning',
      width: 176,
      value: ({ logical }) => typeWords(logical),
      cell: ({ logical }) => hover(typeWords(logical)),
    },
    { id: 'default', header: 'Default', width: 128, mono: true, value: (column) => defaultWords(column) },
    {
      id: 'generated',
      header: 'Generated as',
      width: 160,
      mono: true,
      value: ({ generated }) => (generated ? `${generated.expression}${generated.stored ? ' stored' : ''}` : null),
    },
    { id: 'collation', header: 'Collation', width: 144, mono: true, value: ({ collation }) => collation },
    { id: 'comment', header: 'Comment', width: 200, value: ({ comment }) => comment },
  ];
}

const hover = (words: string): React.JSX.Element => <span title={words}>{words}</span>;

function keysByColumn({ primaryKey, uniques, foreignKeys }: Table): ReadonlyMap<string, readonly string[]> {
  const keys = new Map<string, string[]>();
  const add = (column: string, words: string): void => {
    keys.set(column, [...(keys.get(column) ?? []), words]);
  };
  for (const column of primaryKey?.columns ?? []) add(column, 'primary');
  for (const unique of uniques) for (const column of unique.columns) add(column, 'unique');
  for (const { columns, references } of foreignKeys) {
    for (const [at, column] of columns.entries()) add(column, `→ ${references.table}.${references.columns[at] ?? ''}`);
  }
  return keys;
}

function defaultWords({ default: given, identity, touchedOnUpdate }: Column): string | null {
  if (identity) return identity.next === null ? 'numbered' : `numbered, next ${identity.next}`;
  const words = given ? valueWords(given) : null;
  return touchedOnUpdate ? `${words ?? ''} now on every update`.trim() : words;
}

function valueWords(given: ColumnDefault): string {
  switch (given.kind) {
    case 'literal':
      return `'${given.value}'`;
    case 'now':
    case 'today':
      return given.kind;
    case 'uuid':
      return 'a new UUID';
    case 'expression':
      return given.sql;
  }
}
