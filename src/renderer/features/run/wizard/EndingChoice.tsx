// What the run does once everything is verified: publish, wait, or take everything back.

import { Radio } from '@mantine/core';
import { type Ending, endings, endingWords } from '../model/options.ts';
import classes from './wizard.module.css';

export interface EndingChoiceProps {
  readonly ending: Ending;
  readonly onChange: (ending: Ending) => void;
}

export function EndingChoice({ ending, onChange }: EndingChoiceProps): React.JSX.Element {
  return (
    <section>
      <h3 id="ending">Once everything is verified</h3>
      <Radio.Group
        aria-labelledby="ending"
        value={ending}
        onChange={(value) => onChange(endings.find((each) => each === value) ?? 'publish')}
      >
        <div className={classes.endings}>
          {endings.map((each) => (
            <Radio
              key={each}
              value={each}
              size="xs"
              label={endingWords[each].label}
              description={endingWords[each].does}
            />
          ))}
        </div>
      </Radio.Group>
    </section>
  );
}
