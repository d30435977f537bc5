// A whole number, or nothing; taken when the field is left.

import { CloseButton, NumberInput } from '@mantine/core';
import { useEffect, useState } from 'react';

export interface LimitFieldProps {
  readonly label: string;
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  /** null where nothing is set. */
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
  /** What nothing means. */
  readonly empty?: string;
}

export function LimitField(props: LimitFieldProps): React.JSX.Element {
  const { label, unit, min, max, value, onChange, empty = 'The engine chooses' } = props;
  const [typed, setTyped] = useState<number | string>(value ?? '');
  useEffect(() => setTyped(value ?? ''), [value]);

  function take(): void {
    const next = typeof typed === 'number' ? Math.min(max, Math.max(min, Math.round(typed))) : null;
    setTyped(next ?? '');
    if (next !== value) onChange(next);
  }

  return (
    <NumberInput
      aria-label={label}
      placeholder={empty}
      suffix={unit}
      min={min}
      max={max}
      allowDecimal={false}
      allowNegative={false}
      thousandSeparator=","
      hideControls
      rightSectionWidth={30}
      value={typed}
      onChange={setTyped}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === 'Enter') take();
      }}
      rightSection={
        value === null ? null : (
          <CloseButton
            size="sm"
            aria-label={`${label}: ${empty.toLowerCase()}`}
            title={empty}
            onClick={() => onChange(null)}
          />
        )
      }
    />
  );
}
