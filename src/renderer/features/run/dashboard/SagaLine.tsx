// The steps of the run as a line that fills downwards, and runs back upwards when they are undone.

import { duration } from '../../../../shared/format.ts';
import { runStore } from '../../../client/stores/run.ts';
import { useFrom } from '../../../client/use-from.ts';
import { type Mark, StateMark } from '../../../ui/state/StateMark.tsx';
import { type SagaStop, type Stop, sagaOf, stopWords } from '../model/saga.ts';
import classes from './dashboard.module.css';

const marks: Readonly<Record<Stop, Mark>> = {
  ahead: 'todo',
  acting: 'busy',
  done: 'proved',
  failed: 'blocked',
  undoing: 'busy',
  undone: 'undone',
  passed: 'undone',
  'not undone': 'blocked',
};

export function SagaLine(): React.JSX.Element {
  const steps = useFrom(runStore, ({ progress }) => progress.steps);
  const stops = sagaOf(steps);
  const back = stops.some(({ stop }) => stop === 'undoing' || stop === 'undone' || stop === 'not undone');
  return (
    <section className={classes.saga} aria-label="Steps of the run" data-back={back || undefined}>
      <h3>{back ? 'Running back ↑' : 'Steps'}</h3>
      <ol>
        {stops.map((each) => (
          <Step key={each.step} {...each} />
        ))}
      </ol>
    </section>
  );
}

function Step({ step, stop, detail, seconds }: SagaStop): React.JSX.Element {
  const words = [stopWords(stop), stop === 'done' && seconds !== null ? duration(seconds) : ''].filter(Boolean);
  return (
    <li data-step={step} data-stop={stop} title={detail ?? undefined}>
      <span className={classes.dot}>
        <StateMark mark={marks[stop]} size={16} />
      </span>
      <span className={classes.stepName}>{step}</span>
      <span className={`quiet ${classes.stepWords}`}>{words.join(', ')}</span>
    </li>
  );
}
