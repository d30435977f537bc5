// A column as the source has it.

import type { Column, ColumnDefault, Table } from '../../../../shared/model/catalog.ts';
import classes from '../map.module.css';

export interface ColumnFactsProps {
  readonly facts: Column;
  readonly source: Table;
}

export function ColumnFacts({ facts, source }: ColumnFactsProps): React.JSX.Element {
  const keys = keysWith(facts.name, source);
  return (
    <dl className={classes.facts} aria-label="In the source">
      <dt>Type in the source</dt>
      <dd className="mono">{facts.native === '' ? 'none declared' : facts.native}</dd>
      <dt>NULL</dt>
      <dd>{facts.nullable ? 'allowed' : 'not allowed'}</dd>
      <dt>Default</dt>
      <dd className={facts.default ? 'mono' : 'quiet'}>{facts.default ? defaultText(facts.default) : 'none'}</dd>
      {facts.identity ? (
        <>
          <dt>Numbers</dt>
          <dd>handed out by the database</dd>
        </>
      ) : null}
      {facts.generated ? (
        <>
          <dt>Computed</dt>
          <dd className="mono">{facts.generated.expression}</dd>
        </>
      ) : null}
      {keys.length > 0 ? (
        <>
          <dt>Keys</dt>
          <dd>{keys.join(', ')}</dd>
        </>
      ) : null}
      {facts.collation ? (
        <>
          <dt>Collation</dt>
          <dd className="mono">{facts.collation}</dd>
        </>
      ) : null}
      {facts.comment ? (
        <>
          <dt>Comment</dt>
          <dd>{facts.comment}</dd>
        </>
      ) : null}
    </dl>
  );
}

function defaultText(given: ColumnDefault): string {
  switch (given.kind) {
    case 'literal':
      return `'${given.value}'`;
    case 'now':
      return 'the current time';
    case 'today':
      return 'the current date';
    case 'uuid':
      return 'a new UUID';
    case 'expression':
      return given.sql;
  }
}

function keysWith(column: string, { primaryKey, uniques, foreignKeys, indexes }: Table): string[] {
  return [
    ...(primaryKey?.columns.includes(column) ? ['primary key'] : []),
    ...(uniques.some(({ columns }) => columns.includes(column)) ? ['unique'] : []),
    ...foreignKeys
      .filter(({ columns }) => columns.includes(column))
      .map(({ references }) => `refers to ${references.table}`),
    ...(indexes.some(({ parts }) => parts.some((part) => part.column === column)) ? ['indexed'] : []),
  ];
}
