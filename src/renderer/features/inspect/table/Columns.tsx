// The columns of a table: native type, what it means, NULL, default, keys, generation, comment.

import { useMemo } from 'react';
import type { Column, ColumnDefault, Table } from '../../../../shared/model/catalog.ts';
import type { GridColumn } from '../../../ui/grid/column.ts';
import { DataGrid } from '../../../ui/grid/DataGrid.tsx';
import { typeWords } from './type-words.ts';

export function Columns({ table }: { readonly table: Table }): React.JSX.Element {
  const columns = useMemo(() => columnsOf(table), [table]);
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
