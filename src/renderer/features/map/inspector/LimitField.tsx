// For rehearsals: only the first rows of a table, or every so-and-so-many-th, move.

import { NumberInput, Select } from '@mantine/core';
import { useState } from 'react';
import type { RowLimit } from '../../../../shared/model/mapping.ts';
import { StateMark } from '../../../ui/state/StateMark.tsx';
import classes from '../map.module.css';
import { doEdit } from '../mapping.ts';
import { limitWords, setLimit } from '../model/uses.ts';

export interface LimitFieldProps {
  readonly table: string;
  readonly limit: RowLimit | undefined;
}

export function LimitField({ table, limit }: LimitFieldProps): React.JSX.Element {
  function choose(value: string | null): void {
    if (value === 'first') doEdit(setLimit(table, { kind: 'first', rows: 1000 }));
    else doEdit(setLimit(table, value === 'every' ? { kind: 'every', nth: 10 } : null));
  }
  return (
    <div className={classes.field}>
      <div className={classes.beside}>
        <Select
          label="How many rows move"
          data={[
            { value: 'all', label: 'All' },
            { value: 'first', label: 'Rehearsal: the first …' },
            { value: 'every', label: 'Rehearsal: every n-th' },
          ]}
          value={limit?.kind ?? 'all'}
          onChange={choose}
          allowDeselect={false}
          className={classes.grow}
        />
        {limit ? <Figure key={JSON.stringify(limit)} table={table} limit={limit} /> : null}
      </div>
      {limit ? (
        <div className={`${classes.hint} ${classes.wrapping}`}>
          <StateMark mark="warned">A rehearsal: {limitWords(limit)} will stand in the target.</StateMark>
        </div>
      ) : null}
    </div>
  );
}

/** Taken when the field is left: each key stroke would be a change of its own. */
function Figure({ table, limit }: { readonly table: string; readonly limit: RowLimit }): React.JSX.Element {
  const now = limit.kind === 'first' ? limit.rows : limit.nth;
  const least = limit.kind === 'first' ? 1 : 2;
  const [typed, setTyped] = useState<number | string>(now);
  function keep(): void {
    const n = Number(typed);
    if (!Number.isSafeInteger(n) || n < least || n === now) return;
    doEdit(setLimit(table, limit.kind === 'first' ? { kind: 'first', rows: n } : { kind: 'every', nth: n }));
  }
  return (
    <NumberInput
      label={limit.kind === 'first' ? 'Rows' : 'Every'}
      classNames={monoInput}
      className={classes.narrow}
      allowDecimal={false}
      thousandSeparator=","
      min={least}
      clampBehavior="blur"
      value={typed}
      onChange={(next) => setTyped(typeof next === 'bigint' ? Number(next) : next)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === 'Enter') keep();
      }}
    />
  );
}

const monoInput = { input: classes.monoInput ?? '' };
