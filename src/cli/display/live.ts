// The live display: draws frames in place, at most ten a second, for as long as a run lasts.

import { createLogUpdate } from 'log-update';
import { type RunEvent, stepNames } from '../../shared/model/run.ts';
import { advanceAll, initialProgress, type Progress } from '../../shared/progress.ts';
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
  /** Of thousands of tables each event would copy all; what came since the last frame is taken at once. */
  let news: RunEvent[] = [];
  let cancelling = false;
  let held = false;
  const since = Date.now();

  const catchUp = (): Progress => {
    if (news.length > 0) progress = advanceAll(progress, news);
    news = [];
    return progress;
  };
  const draw = () => {
    if (held) return;
    catchUp();
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
      news.push(event);
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
      return catchUp();
    },
  };
}
