// The live display: draws frames in place, at most ten a second, for as long as a run lasts.

import { createLogUpdate } from 'log-update';
import { stepNames } from '../../shared/model/run.ts';
import { advance, initialProgress, type Progress } from '../../shared/progress.ts';
import type { RunDisplay, RunTitle } from './display.ts';
import { frame } from './frame.ts';
import type { Theme } from './theme.ts';

const FRAME_MS = 100;

export function liveDisplay(
  stream: NodeJS.WriteStream,
  theme: Theme,
  title: RunTitle,
  tables: readonly { name: string; rows: number }[],
): RunDisplay {
  const update = createLogUpdate(stream);
  let progress: Progress = initialProgress(stepNames, tables);
  let cancelling = false;
  let held = false;
  const since = Date.now();

  const draw = () => {
    if (held) return;
    const { columns, rows } = stream;
    update(
      frame(progress, {
        theme,
        title,
        cancelling,
        columns: Math.max(20, columns || 80),
        rows: rows || 24,
        now: Date.now(),
        since,
      }).join('\n'),
    );
  };
  const timer = setInterval(draw, FRAME_MS);
  draw();

  return {
    event(event) {
      progress = advance(progress, event);
    },
    cancelling() {
      cancelling = true;
      draw();
    },
    hold(now) {
      held = now;
      if (held) update.done();
      else draw();
    },
    close() {
      clearInterval(timer);
      update.clear();
      update.done();
      return progress;
    },
  };
}
