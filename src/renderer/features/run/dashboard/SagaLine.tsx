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
  earlier: 'proved',
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
  const held = useFrom(runStore, ({ progress }) => progress.finished?.state === 'held');
  const waits = useFrom(runStore, ({ progress }) => progress.waiting !== null) && !over;
  const lost = useLostSince() !== null && !over;
  const stops = sagaOf(steps);
  const back = stops.some(({ stop }) => stop === 'undoing' || stop === 'undone' || stop === 'not undone');
  // After its end a run is taken back, too.
  const goesBack = stops.some(({ stop }) => stop === 'undoing');
  return (
    <section className={classes.saga} aria-label="Steps of the run" data-back={back || undefined}>
      <h2>{back ? (goesBack || !over ? 'Running back ↑' : 'Ran back') : waits ? 'Waiting to go on' : 'Steps'}</h2>
      <ol>
        {stops.map((each) => (
          <Step
            key={each.step}
            {...each}
            {...(each.stop === 'failed' ? stopped(waits, cancelled) : {})}
            {...(held && each.step === 'publish' && each.stop === 'ahead' ? yours : {})}
            {...(lost && (each.stop === 'acting' || each.stop === 'undoing') ? unknown : {})}
          />
        ))}
      </ol>
    </section>
  );
}

/** A failure that is tried again, or a person's own wish, is no failure. */
function stopped(waits: boolean, cancelled: boolean): Pick<StepProps, 'words' | 'mark'> {
  if (waits) return { words: 'cut off', mark: 'paused' };
  return cancelled ? { words: 'stopped', mark: 'paused' } : {};
}

const yours = { words: 'waits for you', mark: 'paused' } as const;

const unknown = { words: 'not known', mark: 'warned' } as const;

interface StepProps extends SagaStop {
  /** Instead of the usual ones. */
  readonly words?: string;
  readonly mark?: Mark;
}

function wasCancelled({ cancelling, leaving, progress }: RunState): boolean {
  return cancelling || leaving || progress.error?.code === 'run.cancelled';
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
    <li data-step={step} data-stop={stop} data-wished={mark === 'paused' || undefined} title={detail ?? undefined}>
      <span className={classes.dot}>
        <StateMark mark={mark} size={16} />
      </span>
      <span className={classes.stepName}>{step}</span>
      <span className={`quiet ${classes.stepWords}`}>{said.join(', ')}</span>
    </li>
  );
}
