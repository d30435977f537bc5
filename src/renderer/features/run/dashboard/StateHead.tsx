// What the eye meets first: the state in words, one bar for all, and its figures.

import { about, count, duration, size } from '../../../../shared/format.ts';
import { compensating } from '../../../../shared/progress.ts';
import { overall, wholeOf } from '../../../../shared/progress-figures.ts';
import { type RunState, runStore } from '../../../client/stores/run.ts';
import { useFrom } from '../../../client/use-from.ts';
import { StateMark } from '../../../ui/state/StateMark.tsx';
import { stateLine } from '../model/words.ts';
import { useSampled } from '../use-sampled.ts';
import classes from './dashboard.module.css';

const FIGURES_MS = 500;

export function StateHead(): React.JSX.Element {
  const { progress, cancelling } = useSampled(runStore, headOf, FIGURES_MS);
  const { kind, text } = stateLine(progress, cancelling);
  return (
    <div className={classes.head}>
      <div className={classes.state} role="status" data-state={progress.finished?.state ?? 'running'}>
        <StateMark mark={kind} size={20}>
          {text}
        </StateMark>
      </div>
      {progress.finished ? null : <Figures progress={progress} />}
    </div>
  );
}

/** The state itself: stable until the next events. */
function headOf(state: RunState): RunState {
  return state;
}

function Figures({ progress }: Pick<RunState, 'progress'>): React.JSX.Element {
  const { activity, rows, bytes, total, exact, rowsPerSecond, bytesPerSecond, secondsLeft } = overall(progress);
  const fraction = wholeOf(progress);
  const percent = Math.floor(fraction * 100);
  return (
    <>
      <div
        role="progressbar"
        aria-label="Rows of all tables, loaded and compared"
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
        className={classes.bar}
        data-back={compensating(progress) || undefined}
      >
        <div className={classes.filled} style={{ transform: `scaleX(${fraction})` }} />
      </div>
      <dl className={classes.figures}>
        <Figure label={activity === 'verifying' ? 'rows compared' : 'rows'}>
          {count(rows)} of {exact ? count(total) : about(total)}
        </Figure>
        <Figure label="of loading and comparing">{percent} %</Figure>
        <Figure label="bytes">{size(bytes)}</Figure>
        <Figure label="rows/s">{rowsPerSecond === null ? '–' : count(rowsPerSecond)}</Figure>
        <Figure label="bytes/s">{bytesPerSecond === null ? '–' : size(bytesPerSecond)}</Figure>
        <Figure label={activity === 'verifying' ? 'left of comparing' : 'left of this step'}>
          {secondsLeft === null ? '–' : `≈ ${duration(secondsLeft)}`}
        </Figure>
        <Refused />
      </dl>
    </>
  );
}

/** The engine's rule today: none is let through, and none is left out. */
function Refused(): React.JSX.Element {
  const refused = useFrom(runStore, ({ progress }) => isRefusal(progress.error?.code));
  return (
    <div className={classes.figure} title="The first row that the target refuses stops the run and rolls it back">
      <dt>rows refused; the first one stops the run</dt>
      <dd>
        <StateMark mark={refused ? 'blocked' : 'proved'}>{refused ? '1' : '0'}</StateMark>
      </dd>
    </div>
  );
}

function isRefusal(code: string | undefined): boolean {
  return code === 'load.rejected' || code === 'convert.not-representable';
}

function Figure({
  label,
  children,
}: {
  readonly label: string;
  readonly children: React.ReactNode;
}): React.JSX.Element {
  return (
    <div className={classes.figure}>
      <dt>{label}</dt>
      <dd className="mono">{children}</dd>
    </div>
  );
}
