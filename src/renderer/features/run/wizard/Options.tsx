// How hard the run may work. What is left empty the engine decides.

import { NumberInput } from '@mantine/core';
import { limits, optionNames, type ReadOptions, type TypedOptions } from '../model/options.ts';
import classes from './wizard.module.css';

export interface OptionsProps {
  readonly typed: TypedOptions;
  readonly faults: ReadOptions['faults'];
  readonly onChange: (typed: TypedOptions) => void;
}

const words: Readonly<Record<keyof TypedOptions, { readonly does: string; readonly empty: string }>> = {
  workers: { does: 'Tables or key ranges at once', empty: 'the engine decides' },
  batchSize: { does: 'Rows sent to the target at once', empty: 'the engine decides' },
  memoryLimit: { does: 'Above it fewer workers go on', empty: 'no limit' },
};

export function Options({ typed, faults, onChange }: OptionsProps): React.JSX.Element {
  return (
    <section>
      <h3>Options</h3>
      <div className={classes.options}>
        {optionNames.map((name) => (
          <NumberInput
            key={name}
            label={limits[name].label}
            description={words[name].does}
            placeholder={words[name].empty}
            classNames={hints}
            min={limits[name].min}
            max={limits[name].max}
            // What is out of bounds is told, not put right behind the person's back.
            clampBehavior="none"
            allowDecimal={false}
            thousandSeparator=","
            error={faults[name]}
            value={typed[name]}
            onChange={(value) => onChange({ ...typed, [name]: value })}
          />
        ))}
      </div>
    </section>
  );
}

const hints = { description: classes.hint ?? '' };
