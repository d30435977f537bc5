// What a computed column is computed from, in place of the column of the source that others have.

import { Button, Checkbox, NumberInput, TextInput } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { ColumnMapping, ColumnOrigin, TableMapping } from '../../../../shared/model/mapping.ts';
import { useFrom } from '../../../client/use-from.ts';
import { ErrorNote } from '../../../ui/state/ErrorNote.tsx';
import { StateMark } from '../../../ui/state/StateMark.tsx';
import { SqlField } from '../fields/SqlField.tsx';
import { known } from '../known.ts';
import classes from '../map.module.css';
import { doEdit } from '../mapping.ts';
import { setOrigin } from '../model/computed.ts';
import { type ColumnAt, retype } from '../model/edits.ts';
import { rowId } from '../model/rows.ts';
import { useLatest } from '../use-latest.ts';
import { ValueText } from '../ValueText.tsx';
import { type Checked, checkExpression } from './check.ts';

export interface OriginFieldProps {
  readonly at: ColumnAt;
  readonly mapping: ColumnMapping;
  readonly of: TableMapping;
  readonly from: ColumnOrigin;
}

export function OriginField(props: OriginFieldProps): React.JSX.Element {
  const { at, from } = props;
  const fresh = useFrom(known, (state) => state.fresh === rowId(at.table, at.column));
  useEffect(() => {
    if (fresh) known.setState({ fresh: null });
  }, [fresh]);
  // Who has taken the focus keeps it, though the column is not fresh any more.
  const [focused] = useState(fresh);
  switch (from.kind) {
    case 'expression':
      return <Expression {...props} from={from} focused={focused} />;
    case 'constant':
      return <Constant key={from.value} {...props} from={from} focused={focused} />;
    case 'sequence':
      return <Sequence key={from.start} {...props} from={from} focused={focused} />;
  }
}

type Of<K extends ColumnOrigin['kind']> = OriginFieldProps & {
  readonly from: Extract<ColumnOrigin, { kind: K }>;
  readonly focused: boolean;
};

/** While the type is the one that was proposed, it follows what is computed. */
function Expression({ at, mapping, of, from, focused }: Of<'expression'>): React.JSX.Element {
  const proposals = useRef(new Map<string, string>());

  function keep(sql: string): void {
    if (sql.trim() === '') return;
    const follows = proposals.current.get(from.sql) === mapping.type;
    doEdit(setOrigin(at, { ...from, sql }, follows ? proposals.current.get(sql) : undefined));
  }

  return (
    <SqlField
      label="Computed by the source"
      name={`Expression of ${at.table}.${at.column}`}
      value={from.sql}
      focused={focused}
      onKeep={keep}
      hint={(draft) => (
        <Check
          at={at}
          mapping={mapping}
          of={of}
          sql={draft}
          kept={from.sql}
          onChecked={({ sql, proposed }) => proposed !== null && proposals.current.set(sql, proposed)}
        />
      )}
    />
  );
}

const CHECK_AFTER_MS = 350;

interface CheckProps {
  readonly at: ColumnAt;
  readonly mapping: ColumnMapping;
  readonly of: TableMapping;
  readonly sql: string;
  readonly kept: string;
  readonly onChecked: (checked: Checked) => void;
}

function Check({ at, mapping, of, sql, kept, onChecked }: CheckProps): React.JSX.Element {
  const empty = sql.trim() === '';
  const now = useRef({ of, mapping });
  now.current = { of, mapping };
  // Other edits of the table change nothing of what the expression gives.
  const { filter, query, table } = of;
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const question = useMemo(
    () => (empty ? null : () => checkExpression(now.current.of, now.current.mapping, sql)),
    [empty, sql, filter, query, table],
  );
  const { value, error, asking } = useLatest(question, CHECK_AFTER_MS);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each answer
  useEffect(() => {
    if (value) onChecked(value);
  }, [value]);
  if (empty) return <div className={`quiet ${classes.hint}`}>SQL over the columns of this table is needed.</div>;
  if (error && !asking) return <ErrorNote error={error} />;
  if (!value || asking)
    return (
      <div className={classes.hint}>
        <StateMark mark="busy">Asking the source</StateMark>
      </div>
    );
  const differs = value.proposed !== null && value.proposed !== mapping.type && sql === kept;
  return (
    <div className={classes.hint} aria-live="polite">
      <span className="quiet">Gives{value.native === '' ? ' ' : <span className="mono"> {value.native} </span>}</span>
      <span className={`mono ${classes.values}`}>
        {value.values.map((each, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: sample rows have no names and stay in their order
          <span key={i}>
            <ValueText text={each} />
          </span>
        ))}
      </span>
      {differs ? (
        <Button size="compact-xs" variant="subtle" onClick={() => doEdit(retype(at, value.proposed!))}>
          Use the type {value.proposed}
        </Button>
      ) : null}
    </div>
  );
}

function Constant({ at, from, focused }: Of<'constant'>): React.JSX.Element {
  const [typed, setTyped] = useState(from.value ?? '');
  const isNull = from.value === null;
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (focused) input.current?.focus();
  }, [focused]);
  function keep(): void {
    if (!isNull && typed !== from.value) doEdit(setOrigin(at, { kind: 'constant', value: typed }));
  }
  return (
    <div className={classes.field}>
      <TextInput
        ref={input}
        label="Value in every row"
        classNames={monoInput}
        spellCheck={false}
        disabled={isNull}
        placeholder={isNull ? 'NULL' : 'empty text'}
        value={isNull ? '' : typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={keep}
        onKeyDown={(event) => {
          if (event.key === 'Enter') keep();
          if (event.key === 'Escape') setTyped(from.value ?? '');
        }}
      />
      <Checkbox
        label="NULL"
        checked={isNull}
        onChange={(event) =>
          doEdit(setOrigin(at, { kind: 'constant', value: event.currentTarget.checked ? null : typed }))
        }
      />
    </div>
  );
}

function Sequence({ at, from, focused }: Of<'sequence'>): React.JSX.Element {
  const [typed, setTyped] = useState<number | string>(from.start ?? 1);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (focused) input.current?.focus();
  }, [focused]);
  function keep(): void {
    const start = Number(typed);
    if (typed === '' || !Number.isSafeInteger(start) || start === (from.start ?? 1)) return;
    doEdit(setOrigin(at, start === 1 ? { kind: 'sequence' } : { kind: 'sequence', start }));
  }
  return (
    <NumberInput
      ref={input}
      label="Numbers the rows, from"
      description="In the order of the key of the table."
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      classNames={monoInput}
      allowDecimal={false}
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
