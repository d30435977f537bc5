// Which rows move: a condition in the source's own words, with how many rows meet it.

import { useMemo } from 'react';
import { count } from '../../../../shared/format.ts';
import type { TableMapping } from '../../../../shared/model/mapping.ts';
import { engine } from '../../../client/engine.ts';
import { endpointOf } from '../../../client/stores/sides.ts';
import { ErrorNote } from '../../../ui/state/ErrorNote.tsx';
import { SqlField } from '../fields/SqlField.tsx';
import classes from '../map.module.css';
import { doEdit } from '../mapping.ts';
import { setFilter } from '../model/edits.ts';
import { readsFrom } from '../model/uses.ts';
import { useLatest } from '../use-latest.ts';

const COUNT_AFTER_MS = 450;

export interface FilterFieldProps {
  readonly table: string;
  readonly mapping: TableMapping;
}

export function FilterField({ table, mapping }: FilterFieldProps): React.JSX.Element {
  return (
    <SqlField
      label="Only rows where"
      name={`Filter of ${table}`}
      value={mapping.filter ?? ''}
      onKeep={(filter) => doEdit(setFilter(table, filter))}
      hint={(draft) => <Matching mapping={mapping} filter={draft} />}
    />
  );
}

/** "1,203 of 5,000 rows", counted in the source as one types. */
function Matching({ mapping, filter }: { readonly mapping: TableMapping; readonly filter: string }): React.JSX.Element {
  const wanted = filter.trim();
  const name = readsFrom(mapping) ?? mapping.source;
  const { query } = mapping;
  const question = useMemo(
    () =>
      wanted === ''
        ? null
        : (signal: AbortSignal) =>
            engine.call(
              'map.count',
              {
                source: endpointOf('source'),
                table: name,
                ...(query === undefined ? {} : { query }),
                filter: wanted,
              },
              signal,
            ),
    [name, query, wanted],
  );
  const { value, error, asking } = useLatest(question, COUNT_AFTER_MS);
  if (wanted === '')
    return <div className={`quiet ${classes.hint}`}>Empty: every row moves. SQL, as the source writes it.</div>;
  if (error) return <ErrorNote error={error} />;
  return (
    <div className={classes.hint} aria-live="polite">
      {value && !asking ? (
        `${count(value.matching)} of ${count(value.rows)} rows`
      ) : (
        <span className="quiet">Counting rows</span>
      )}
    </div>
  );
}
