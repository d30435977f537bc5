// The steps of the run as a line that fills downwards, and runs back upwards when they are undone.

import { duration } from '../../../../shared/format.ts';
import { type RunState, runStore } from '../../../client/stores/run.ts';
import { useFrom } from '../../../client/use-from.ts';
import { type Mark, StateMark } from '../../../ui/state/StateMark.tsx';
import { useLostSince } from '../lost.ts';
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
  const over = useFrom(runStore, ({ progress }) => progress.finished !== null);
  const cancelled = useFrom(runStore, wasCancelled);
  const lost = useLostSince() !== null && !over;
  const stops = sagaOf(steps);
  const back = stops.some(({ stop }) => stop === 'undoing' || stop === 'undone' || stop === 'not undone');
  return (
    <section className={classes.saga} aria-label="Steps of the run" data-back={back || undefined}>
      <h2>{back ? (over ? 'Ran back' : 'Running back ↑') : 'Steps'}</h2>
      <ol>
        {stops.map((each) => (
          <Step
            key={each.step}
            {...each}
            {...(each.stop === 'failed' && cancelled ? { words: 'stopped' } : {})}
            {...(lost && (each.stop === 'acting' || each.stop === 'undoing') ? unknown : {})}
          />
        ))}
      </ol>
    </section>
  );
}

const unknown = { words: 'not known', mark: 'warned' } as const;

interface StepProps extends SagaStop {
  /** Instead of the usual ones. */
  readonly words?: string;
  readonly mark?: Mark;
}

function wasCancelled({ cancelling, progress }: RunState): boolean {
  return cancelling || progress.error?.code === 'run.cancelled';
}

function Step({
  step,
  stop,
  detail,
  seconds,
  words = stopWords(stop),
  mark = marks[stop],
}: StepProps): React.JSX.Element {
  const said = [words, stop === 'done' && seconds !== null ? duration(seconds) : ''].filter(Boolean);
  return (
    <li data-step={step} data-stop={stop} title={detail ?? undefined}>
      <span className={classes.dot}>
        <StateMark mark={mark} size={16} />
      </span>
      <span className={classes.stepName}>{step}</span>
      <span className={`quiet ${classes.stepWords}`}>{said.join(', ')}</span>
    </li>
  );
}
