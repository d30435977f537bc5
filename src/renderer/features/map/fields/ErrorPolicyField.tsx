// What becomes of rows that can't be moved: the run stops, or they are kept aside up to a share of the table.

import { NumberInput, Select } from '@mantine/core';
import { useState } from 'react';
import type { ErrorPolicy } from '../../../../shared/model/quarantine.ts';
import { DEFAULT_PERCENT } from '../../../../shared/quarantine-words.ts';
import classes from '../map.module.css';

export interface ErrorPolicyFieldProps {
  /** null: as for all tables. */
  readonly policy: ErrorPolicy | null;
  /** In words, what holds for all tables; absent where this field says that itself. */
  readonly common?: string;
  readonly onChange: (policy: ErrorPolicy | null) => void;
}

export function ErrorPolicyField({ policy, common, onChange }: ErrorPolicyFieldProps): React.JSX.Element {
  const choices = [
    { value: 'stop', label: 'Stop at the first and roll back' },
    { value: 'quarantine', label: 'Keep aside, each with its reason' },
  ];
  function choose(value: string | null): void {
    if (value === 'stop') onChange({ onError: 'stop' });
    else if (value === 'quarantine') onChange({ onError: 'quarantine', percent: DEFAULT_PERCENT });
    else onChange(null);
  }
  return (
    <>
      <Select
        label="Rows that can’t be moved"
        data={
          common === undefined ? choices : [{ value: 'project', label: `As the project says: ${common}` }, ...choices]
        }
        value={policy?.onError ?? (common === undefined ? 'stop' : 'project')}
        onChange={choose}
        allowDeselect={false}
        // In a popover a list of its own layer would count as outside, and close it.
        comboboxProps={{ withinPortal: false }}
      />
      {policy?.onError === 'quarantine' ? <Limit key={policy.percent} policy={policy} onChange={onChange} /> : null}
    </>
  );
}

interface LimitProps {
  readonly policy: ErrorPolicy;
  readonly onChange: (policy: ErrorPolicy) => void;
}

/** Taken when the field is left: each key stroke would be a change of its own. */
function Limit({ policy, onChange }: LimitProps): React.JSX.Element {
  const [typed, setTyped] = useState<number | string>(policy.percent ?? DEFAULT_PERCENT);
  return (
    <NumberInput
      label="At most, in percent of a table’s rows"
      description="More of them stop the run, and everything is rolled back."
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      classNames={monoInput}
      min={0}
      max={100}
      clampBehavior="blur"
      value={typed}
      onChange={setTyped}
      onBlur={() => {
        const percent = Number(typed);
        if (typed !== '' && percent !== policy.percent) onChange({ ...policy, percent });
      }}
    />
  );
}

const monoInput = { input: classes.monoInput ?? '' };

export function policyWords({ onError, rows, percent }: ErrorPolicy): string {
  if (onError === 'stop') return 'stop';
  const limits = [rows === undefined ? '' : `${rows} rows`, percent === undefined ? '' : `${percent} %`].filter(
    Boolean,
  );
  return `keep aside up to ${limits.length > 0 ? limits.join(', ') : `${DEFAULT_PERCENT} %`}`;
}
