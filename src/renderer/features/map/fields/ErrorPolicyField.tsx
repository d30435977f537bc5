// What becomes of rows that can't be moved: the run stops, they are kept aside up to a share of the table, or the table
// is left out.

import { NumberInput, Select } from '@mantine/core';
import { useState } from 'react';
import { keepsAside } from '../../../../shared/left-out.ts';
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
    { value: 'skip', label: 'Leave the table out, publish the others' },
  ];
  function choose(value: string | null): void {
    if (value === 'stop') onChange({ onError: 'stop' });
    else if (value === 'quarantine') onChange({ onError: 'quarantine', percent: DEFAULT_PERCENT });
    else if (value === 'skip') onChange({ onError: 'skip' });
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
      {policy === null || policy.onError === 'stop' ? null : (
        <Limit
          key={`${policy.onError} ${policy.percent}`}
          policy={{ ...policy, onError: policy.onError }}
          onChange={onChange}
        />
      )}
    </>
  );
}

interface LimitProps {
  readonly policy: ErrorPolicy & { readonly onError: 'quarantine' | 'skip' };
  readonly onChange: (policy: ErrorPolicy) => void;
}

const limits = {
  quarantine: {
    label: 'At most, in percent of a table’s rows',
    description: 'More of them stop the run, and everything is rolled back.',
    none: DEFAULT_PERCENT,
  },
  skip: {
    label: 'Keep aside before that, in percent of the rows',
    description: 'Empty: the first one leaves the table out, and with it those that refer to it or look into it.',
    none: '',
  },
} as const;

/** Taken when the field is left: each key stroke would be a change of its own. */
function Limit({ policy, onChange }: LimitProps): React.JSX.Element {
  const { label, description, none } = limits[policy.onError];
  const [typed, setTyped] = useState<number | string>(policy.percent ?? none);
  function take(): void {
    const { percent: before, ...rest } = policy;
    if (typed === '') {
      if (policy.onError === 'skip' && before !== undefined) onChange(rest);
    } else if (Number(typed) !== before) onChange({ ...rest, percent: Number(typed) });
  }
  return (
    <NumberInput
      label={label}
      description={description}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      classNames={monoInput}
      min={0}
      max={100}
      clampBehavior="blur"
      value={typed}
      onChange={setTyped}
      onBlur={take}
    />
  );
}

const monoInput = { input: classes.monoInput ?? '' };

export function policyWords(policy: ErrorPolicy): string {
  const { onError, rows, percent } = policy;
  if (onError === 'stop') return 'stop';
  if (!keepsAside(policy)) return 'leave the table out';
  const words = [rows === undefined ? '' : `${rows} rows`, percent === undefined ? '' : `${percent} %`].filter(Boolean);
  const aside = `keep aside up to ${words.length > 0 ? words.join(', ') : `${DEFAULT_PERCENT} %`}`;
  return onError === 'skip' ? `${aside}, else leave the table out` : aside;
}
