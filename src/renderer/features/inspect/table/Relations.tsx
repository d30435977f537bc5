// Keys, indexes, checks, references in both directions, and what hangs on a table.

import { useMemo } from 'react';
import type { Side } from '../../../../shared/contract.ts';
import type { ForeignKey, Index, Table } from '../../../../shared/model/catalog.ts';
import type { Overview } from '../../../../shared/model/overview.ts';
import { choose } from '../inspect-store.ts';
import { type Fact, Facts } from './Facts.tsx';
import classes from './table.module.css';

export interface RelationsProps {
  readonly side: Side;
  readonly overview: Overview;
  readonly table: Table;
}

export function Relations({ side, overview, table }: RelationsProps): React.JSX.Element {
  const incoming = useMemo(() => referringTo(overview, table.name), [overview, table]);
  const known = useMemo(() => new Set(overview.tables.map(({ name }) => name)), [overview]);
  const goTo = (name: string) => (known.has(name) ? () => choose(side, name) : undefined);
  return (
    <div className={classes.relations}>
      <Facts title="Primary key" none="This table has no primary key." facts={primaryKey(table)} />
      <Facts
        title="Unique constraints"
        facts={table.uniques.map(({ name, columns }) => ({ name, words: columns.join(', ') }))}
      />
      <Facts title="Indexes" facts={table.indexes.map((index) => ({ name: index.name, words: indexWords(index) }))} />
      <Facts
        title="Refers to"
        facts={table.foreignKeys.map((key) => ({
          name: key.references.schema ? `${key.references.schema}.${key.references.table}` : key.references.table,
          words: referenceWords(key),
          onGo: key.references.schema ? undefined : goTo(key.references.table),
        }))}
      />
      <Facts
        title="Referred to by"
        facts={incoming.map(({ table: name, key }) => ({ name, words: key, onGo: goTo(name) }))}
      />
      <Facts title="Checks" facts={table.checks.map(({ name, expression }) => ({ name, words: expression }))} />
      <Facts
        title="Hangs on it"
        note="Views, triggers and the like do not move with the table."
        facts={others(table).map(({ kind, name }) => ({ name, words: kind }))}
      />
    </div>
  );
}

/** Foreign keys are told of above. */
function others({ dependants }: Table): Table['dependants'] {
  return dependants.filter(({ kind }) => kind !== 'foreign key');
}

function primaryKey({ primaryKey: key }: Table): readonly Fact[] {
  return key ? [{ name: key.columns.join(', '), words: key.name }] : [];
}

function indexWords({ unique, parts, method, where, include }: Index): string {
  const columns = parts.map(
    ({ column, expression, prefix, descending }) =>
      `${column ?? expression ?? ''}${prefix === null ? '' : `(${prefix})`}${descending ? ' desc' : ''}`,
  );
  return [
    unique ? 'unique' : '',
    method === 'btree' ? '' : method,
    columns.join(', '),
    include.length > 0 ? `include ${include.join(', ')}` : '',
    where === null ? '' : `where ${where}`,
  ]
    .filter(Boolean)
    .join(' ');
}

function referenceWords({ name, columns, references, onDelete, onUpdate, deferrable }: ForeignKey): string {
  return [
    `${columns.join(', ')} → ${references.columns.join(', ')}`,
    onDelete === 'no action' ? '' : `on delete ${onDelete}`,
    onUpdate === 'no action' ? '' : `on update ${onUpdate}`,
    deferrable ? 'deferrable' : '',
    name,
  ]
    .filter(Boolean)
    .join('; ');
}

function referringTo({ tables }: Overview, name: string): readonly { readonly table: string; readonly key: string }[] {
  return tables.flatMap(({ name: table, references }) =>
    references
      .filter(({ schema, table: to }) => schema === null && to === name)
      .map((reference) => ({ table, key: reference.name })),
  );
}
