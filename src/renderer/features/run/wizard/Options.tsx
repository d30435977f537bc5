// How hard the run may work. What is left empty the engine decides.

import { NumberInput } from '@mantine/core';
import type { RunOptions } from '../../../../shared/contract.ts';
import { megabytes, withOption } from '../model/options.ts';
import classes from './wizard.module.css';

export interface OptionsProps {
  readonly options: RunOptions;
  readonly onChange: (options: RunOptions) => void;
}

export function Options({ options, onChange }: OptionsProps): React.JSX.Element {
  return (
    <section>
      <h3>Options</h3>
      <div className={classes.options}>
        <NumberInput
          label="Workers"
          description="Tables or key ranges at once"
          placeholder="the engine decides"
          classNames={hints}
          min={1}
          max={64}
          allowDecimal={false}
          value={options.workers ?? ''}
          onChange={(value) => onChange(withOption(options, 'workers', value))}
        />
        <NumberInput
          label="Batch size"
          description="Rows sent to the target at once"
          placeholder="the engine decides"
          classNames={hints}
          min={1}
          max={100_000}
          allowDecimal={false}
          thousandSeparator=","
          value={options.batchSize ?? ''}
          onChange={(value) => onChange(withOption(options, 'batchSize', value))}
        />
        <NumberInput
          label="Memory limit, MB"
          description="Above it fewer workers go on"
          placeholder="no limit"
          classNames={hints}
          min={1}
          allowDecimal={false}
          thousandSeparator=","
          value={megabytes(options.memoryLimit) ?? ''}
          onChange={(value) => onChange(withOption(options, 'memoryLimit', value))}
        />
      </div>
    </section>
  );
}

const hints = { description: classes.hint ?? '' };
