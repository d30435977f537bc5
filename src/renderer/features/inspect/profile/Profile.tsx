// The tab Profile: the columns of a table, and what the values of the chosen one look like. Asked on demand, one at a time.

import { Button } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Side } from '../../../../shared/contract.ts';
import type { DroverErrorData } from '../../../../shared/errors.ts';
import { count } from '../../../../shared/format.ts';
import type { Column, Table } from '../../../../shared/model/catalog.ts';
import type { PersonalMark } from '../../../../shared/model/column-profile.ts';
import { share } from '../../../../shared/profile-words.ts';
import { useFrom } from '../../../client/use-from.ts';
import type { GridColumn } from '../../../ui/grid/column.ts';
import { DataGrid } from '../../../ui/grid/DataGrid.tsx';
import { ErrorNote } from '../../../ui/state/ErrorNote.tsx';
import { ColumnDetails } from './ColumnDetails.tsx';
import { Personal } from './Personal.tsx';
import classes from './profile.module.css';
import { ask, chooseColumn, marksOf, type ProfilesOfTable, profileKey, profiles } from './profile-store.ts';

/** Whoever walks over columns with the keys asks only about the one where they stay. */
const STAY_MS = 150;

export interface ProfileProps {
  readonly side: Side;
  readonly table: Table;
}

export function Profile({ side, table }: ProfileProps): React.JSX.Element {
  const key = profileKey(side, table.name);
  const known = useFrom(profiles, (state) => state.known[key]);
  const named = useFrom(profiles, (state) => state.marks[key]);
  const wished = useFrom(profiles, (state) => state.chosen[key]);
  const chosen = table.columns.find(({ name }) => name === wished) ?? table.columns[0];
  const columns = useMemo(() => columnsOf(known, named), [known, named]);
  const all = useAll(side, table);
  const { error, again } = useChosen(side, table.name, all.asking ? null : (chosen?.name ?? null), known);
  const profile = chosen && known?.[chosen.name];

  return (
    <div className={classes.profile}>
      <div className={classes.tools}>
        {all.asking ? (
          <Button size="compact-xs" variant="default" onClick={all.stop}>
            Stop
          </Button>
        ) : (
          <Button size="compact-xs" variant="default" onClick={all.start}>
            Profile all columns
          </Button>
        )}
        <span className="quiet" role="status">
          {`${count(Object.keys(known ?? {}).length)} of ${count(table.columns.length)} profiled`}
        </span>
      </div>
      {all.error ? <ErrorNote error={all.error} /> : null}
      <div className={classes.list}>
        <DataGrid
          label={`Profiles of ${table.name}`}
          columns={columns}
          rows={table.columns}
          keyOf={nameOf}
          selected={chosen?.name ?? null}
          onSelect={({ name }) => chooseColumn(side, table.name, name)}
          remember="inspect.profile"
        />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys must reach it */}
      <section className={classes.details} aria-label={chosen ? `Profile of ${chosen.name}` : 'Profile'} tabIndex={0}>
        {profile ? <ColumnDetails side={side} profile={profile} /> : null}
        {!profile && error ? (
          <ErrorNote error={error}>
            <Button size="compact-xs" variant="default" onClick={again}>
              Try again
            </Button>
          </ErrorNote>
        ) : null}
        {!profile && !error && chosen ? (
          <p className="quiet" role="status">
            Looking at the values of {chosen.name}…
          </p>
        ) : null}
      </section>
    </div>
  );
}

/** Asks about the chosen column; leaving it stops the question. */
function useChosen(side: Side, table: string, column: string | null, known: ProfilesOfTable | undefined) {
  const [failed, setFailed] = useState<{ readonly column: string; readonly error: DroverErrorData } | null>(null);
  const [attempt, setAttempt] = useState(0);
  const isKnown = column === null || known?.[column] !== undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt asks again
  useEffect(() => {
    if (isKnown) return;
    setFailed(null);
    const leaving = new AbortController();
    const timer = setTimeout(() => {
      void ask(side, table, [column], leaving.signal).then((error) => error && setFailed({ column, error }));
    }, STAY_MS);
    return () => {
      clearTimeout(timer);
      leaving.abort();
    };
  }, [side, table, column, isKnown, attempt]);
  return { error: failed?.column === column ? failed?.error : null, again: () => setAttempt(attempt + 1) };
}

/** Asks about all columns until that is done, somebody stops it or leaves the table. */
function useAll(side: Side, { name }: Table) {
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<DroverErrorData | null>(null);
  const leaving = useRef<AbortController | null>(null);
  useEffect(() => () => leaving.current?.abort(), []);

  async function start(): Promise<void> {
    const controller = new AbortController();
    leaving.current = controller;
    setAsking(true);
    setError(null);
    const failed = await ask(side, name, null, controller.signal);
    if (leaving.current !== controller) return;
    setAsking(false);
    setError(failed);
  }

  function stop(): void {
    leaving.current?.abort();
    leaving.current = null;
    setAsking(false);
  }
  return { asking, error, start: () => void start(), stop };
}

const nameOf = ({ name }: Column): string => name;

function columnsOf(
  known: ProfilesOfTable | undefined,
  named: readonly PersonalMark[] | undefined,
): readonly GridColumn<Column>[] {
  const nulls = ({ name }: Column) => {
    const profile = known?.[name];
    return profile ? profile.nulls / Math.max(1, profile.scope.rows) : null;
  };
  const distinct = ({ name }: Column) => known?.[name]?.distinct ?? null;
  const marks = ({ name }: Column) => marksOf(name, named, known);
  return [
    { id: 'name', header: 'Column', width: 120, mono: true, value: nameOf },
    {
      id: 'nulls',
      header: 'NULL',
      width: 64,
      align: 'right',
      mono: true,
      value: nulls,
      cell: ({ name }) => {
        const profile = known?.[name];
        return profile ? (
          <span className={profile.nulls === 0 ? 'quiet' : undefined}>{share(profile.nulls, profile.scope.rows)}</span>
        ) : null;
      },
    },
    {
      id: 'distinct',
      header: 'Different',
      width: 88,
      align: 'right',
      mono: true,
      value: (column) => distinct(column)?.values ?? null,
      cell: (column) => {
        const found = distinct(column);
        return found && `${found.exact ? '' : '≈ '}${count(found.values)}`;
      },
    },
    {
      id: 'personal',
      header: 'Personal data',
      width: 152,
      value: (column) =>
        marks(column)
          .map(({ kind }) => kind)
          .join(', '),
      cell: (column) => <Personal marks={marks(column)} />,
    },
  ];
}
