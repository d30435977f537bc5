// What the eye meets first: the state in words, one bar for all, and its figures.

import { about, count, duration, size } from '../../../../shared/format.ts';
import { compensating } from '../../../../shared/progress.ts';
import { overall, wholeOf } from '../../../../shared/progress-figures.ts';
import { limitWords } from '../../../../shared/quarantine-words.ts';
import { projectStore } from '../../../client/stores/project.ts';
import { type RunState, runStore } from '../../../client/stores/run.ts';
import { useFrom } from '../../../client/use-from.ts';
import { StateMark } from '../../../ui/state/StateMark.tsx';
import { useLostSince } from '../lost.ts';
import { stateLine, unheard } from '../model/words.ts';
import { useSampled } from '../use-sampled.ts';
import classes from './dashboard.module.css';

const FIGURES_MS = 500;

export function StateHead(): React.JSX.Element {
  const { progress, cancelling, leaving, error } = useSampled(runStore, headOf, FIGURES_MS);
  const lost = useLostSince();
  // A run that was over before the line broke is over.
  const since = progress.finished ? null : lost;
  const { kind, text } =
    unheard(since, error !== null && !progress.finished) ?? stateLine(progress, { cancelling, leaving });
  return (
    <div className={classes.head}>
      <div className={classes.state} role="status" data-state={progress.finished?.state ?? 'running'}>
        <StateMark mark={kind} size={20}>
          {text}
        </StateMark>
      </div>
      {progress.finished ? null : <Figures progress={progress} since={since} />}
    </div>
  );
}

/** The state itself: stable until the next events. */
function headOf(state: RunState): RunState {
  return state;
}

interface FiguresProps extends Pick<RunState, 'progress'> {
  /** Since when nothing is known; what was known then is told as such, and nothing is reckoned from it. */
  readonly since: string | null;
}

function Figures({ progress, since }: FiguresProps): React.JSX.Element {
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
        data-unknown={since !== null || undefined}
      >
        <div className={classes.filled} style={{ transform: `scaleX(${fraction})` }} />
      </div>
      <dl className={classes.figures}>
        {since === null ? null : <Figure label="figures as last heard">unknown since {since}</Figure>}
        <Figure label={activity === 'verifying' ? 'rows compared' : 'rows'}>
          {count(rows)} of {exact ? count(total) : about(total)}
        </Figure>
        <Figure label="of loading and comparing">{percent} %</Figure>
        <Figure label="bytes">{size(bytes)}</Figure>
        <Figure label="rows/s">{since !== null || rowsPerSecond === null ? '–' : count(rowsPerSecond)}</Figure>
        <Figure label="bytes/s">{since !== null || bytesPerSecond === null ? '–' : size(bytesPerSecond)}</Figure>
        <Figure label={activity === 'verifying' ? 'left of comparing' : 'left of this step'}>
          {since !== null || secondsLeft === null ? '–' : `≈ ${duration(secondsLeft)}`}
        </Figure>
        {since === null ? <Refused progress={progress} /> : null}
        {since === null ? <LeftOut progress={progress} /> : null}
      </dl>
    </>
  );
}

/** Rows that can't be moved: kept aside against their limit, or the first one ends the run. */
function Refused({ progress }: Pick<RunState, 'progress'>): React.JSX.Element | null {
  const refused = isRefusal(progress.error?.code);
  const kept = keptAside(progress);
  const policy = useFrom(projectStore, ({ project }) => project?.errors ?? null);
  if (kept === 0 && policy?.onError === 'skip') return null;
  if (kept === 0 && policy?.onError !== 'quarantine') {
    return (
      <Figure label="rows refused; the first one stops the run">
        <StateMark mark={refused ? 'blocked' : 'proved'}>{refused ? '1' : '0'}</StateMark>
      </Figure>
    );
  }
  return (
    <Figure label={policy ? `rows kept aside; at most ${limitWords(policy)}` : 'rows kept aside'}>
      <StateMark mark={kept === 0 ? 'proved' : 'warned'}>{count(kept)}</StateMark>
    </Figure>
  );
}

/** Where the policy says so, or it has happened. */
function LeftOut({ progress }: Pick<RunState, 'progress'>): React.JSX.Element | null {
  const left = leftOut(progress);
  const may = useFrom(projectStore, ({ project }) => project?.errors?.onError === 'skip');
  if (left === 0 && !may) return null;
  return (
    <Figure label="tables left out">
      <StateMark mark={left === 0 ? 'proved' : 'warned'}>{count(left)}</StateMark>
    </Figure>
  );
}

function leftOut({ tables }: RunState['progress']): number {
  let left = 0;
  for (const { phase } of tables.values()) if (phase === 'left out') left++;
  return left;
}

function keptAside({ tables }: RunState['progress']): number {
  let rows = 0;
  for (const { quarantined } of tables.values()) rows += quarantined;
  return rows;
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
