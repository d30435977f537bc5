// What the run said, line by line. It follows the end unless the person has scrolled up.

import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { memo, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { many } from '../../../../shared/format.ts';
import { type LogLine, type RunState, runStore } from '../../../client/stores/run.ts';
import { useFrom } from '../../../client/use-from.ts';
import { useSeen, useSlots } from '../../../ui/list/use-seen.ts';
import { type Mark, StateMark } from '../../../ui/state/StateMark.tsx';
import { filterLog, type Level } from '../model/log.ts';
import { runView } from '../run-view.ts';
import { useSampled } from '../use-sampled.ts';
import classes from './dashboard.module.css';

const LINE = 22;
const OVER = 4;
const LOG_MS = 1000;
/** Pixels above the end that still count as the end. */
const NEAR = 12;

export function EventLog(): React.JSX.Element {
  const log = useSampled(runStore, logOf, LOG_MS);
  const { level, text } = useFrom(runView, (state) => state.log);
  const lines = useMemo(() => filterLog(log, level, text), [log, level, text]);
  const scroller = useRef<HTMLDivElement>(null);
  const [follows, setFollows] = useState(true);
  const { first, last } = useSeen(scroller, { count: lines.length, height: LINE, over: OVER });
  const slots = useSlots(last - first);
  useLayoutEffect(() => {
    if (follows) scroller.current!.scrollTop = lines.length * LINE;
  }, [follows, lines]);

  function scrolled(): void {
    const { scrollTop, clientHeight, scrollHeight } = scroller.current!;
    setFollows(scrollHeight - scrollTop - clientHeight < NEAR);
  }

  return (
    <section className={classes.log} aria-label="Event log">
      <div className={classes.logBar}>
        <h2>Event log</h2>
        <LogFilter level={level} text={text} />
        <span className="quiet">{many(lines.length, 'line')}</span>
        {follows ? null : (
          <Button size="compact-xs" variant="default" onClick={() => setFollows(true)}>
            Follow the end
          </Button>
        )}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keys */}
      <section ref={scroller} className={classes.lines} tabIndex={0} aria-label="Lines" onScroll={scrolled}>
        <div style={{ height: lines.length * LINE, position: 'relative' }}>
          {lines.slice(first, last).map((line, place) => {
            const index = first + place;
            return <Line key={index % slots} line={line} top={index * LINE} />;
          })}
        </div>
      </section>
    </section>
  );
}

/** Apart from the lines, which come all the time. */
const LogFilter = memo(function LogFilter({ level, text }: Filter): React.JSX.Element {
  return (
    <>
      <SegmentedControl
        aria-label="Least level"
        value={level}
        onChange={(next) => runView.setState({ log: { level: levelNamed(next), text } })}
        data={levels}
      />
      <TextInput
        aria-label="Filter the event log"
        placeholder="Filter"
        value={text}
        onChange={(event) => runView.setState({ log: { level, text: event.currentTarget.value } })}
      />
    </>
  );
});

interface Filter {
  readonly level: Level;
  readonly text: string;
}

const levels = [
  { value: 'info', label: 'All' },
  { value: 'warning', label: 'Warnings' },
  { value: 'error', label: 'Errors' },
];

const marks: Readonly<Record<Level, Mark | null>> = { info: null, warning: 'warned', error: 'blocked' };

const Line = memo(function Line({ line, top }: { readonly line: LogLine; readonly top: number }): React.JSX.Element {
  const mark = marks[line.level];
  return (
    <div className={`mono ${classes.logLine}`} style={{ top }} title={line.message}>
      <span className="quiet">{timeOf(line.at)}</span>
      <span className={classes.logMark}>{mark ? <StateMark mark={mark} size={12} /> : null}</span>
      <span className="ellipsis">{line.message}</span>
    </div>
  );
});

const times = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });

/** The time of day here, to the second. */
function timeOf(at: string): string {
  return times.format(new Date(at));
}

function logOf({ log }: RunState): readonly LogLine[] {
  return log;
}

function levelNamed(name: string): Level {
  return name === 'warning' || name === 'error' ? name : 'info';
}
