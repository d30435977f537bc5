// The display where there is no terminal: one line per step and per finished table, no escape codes.

import { count, duration, many, size } from '../../shared/format.ts';
import { type RunEvent, stepNames, type TablePhase } from '../../shared/model/run.ts';
import { advanceAll, initialProgress, type Progress } from '../../shared/progress.ts';
import type { RunDisplay, RunTitle } from './display.ts';
import { stoppingWords } from './saga.ts';
import { padEnd, visible } from './text.ts';

export function plainDisplay(write: (line: string) => void, title: RunTitle): RunDisplay {
  let progress = initialProgress(stepNames);
  /** Of thousands of tables each event would copy all; they are taken at once when something else comes. */
  let news: RunEvent[] = [];
  const phases = new Map<string, TablePhase>();
  const catchUp = (): Progress => {
    if (news.length > 0) progress = advanceAll(progress, news);
    news = [];
    return progress;
  };
  write(`${visible(title.source)} → ${visible(title.target)}`);
  return {
    event(event) {
      news.push(event);
      if (event.kind === 'table') {
        // Progress within a phase says nothing here, only its end does.
        if (phases.get(event.table) === event.phase) return;
        phases.set(event.table, event.phase);
      } else catchUp();
      for (const line of plainLines(progress, event)) write(line);
    },
    cancelling() {
      write(stoppingWords(catchUp()));
    },
    hold() {},
    close: catchUp,
  };
}

/** The lines that one event is worth; most are worth none. Of a table it is told only when its phase is another. */
function plainLines(after: Progress, event: RunEvent): string[] {
  switch (event.kind) {
    case 'started':
      return [`run ${event.run}`];
    case 'step': {
      const step = after.steps.get(event.step)!;
      if (event.state === 'running' || event.state === 'pending') return [];
      const seconds = step.startedAt && step.finishedAt ? (step.finishedAt - step.startedAt) / 1000 : null;
      const parts = [stepWords[event.state], seconds === null ? '' : duration(seconds), event.detail ?? ''];
      return [`${padEnd(event.step, 10)} ${parts.filter(Boolean).map(visible).join('  ')}`];
    }
    case 'table': {
      const line = tableLine(event);
      return line ? [`${padEnd('', 10)} ${line}`] : [];
    }
    case 'log':
      return event.level === 'info' ? [] : [`${event.level}: ${visible(event.message)}`];
    case 'retrying':
      return after.log.slice(-1).map(({ message }) => `waits: ${visible(message)}`);
    case 'paused':
      return [event.paused ? 'paused' : 'goes on'];
    case 'memory':
    case 'error':
    case 'finished':
      return [];
  }
}

const stepWords = {
  pending: '',
  running: '',
  done: 'done',
  failed: 'failed',
  compensating: 'undoing',
  compensated: 'undone',
  'not compensated': 'could not be undone',
} as const;

function tableLine(event: Extract<RunEvent, { kind: 'table' }>): string | null {
  const name = visible(event.table);
  switch (event.phase) {
    case 'loaded':
      return `${name}: ${many(event.rows, 'row')} loaded, ${size(event.bytes)}`;
    case 'verified':
      return `${name}: ${count(event.rows)} of ${many(event.rows, 'row')} verified`;
    case 'different':
      return `${name}: source and target differ`;
    case 'failed':
      return `${name}: failed after ${many(event.rows, 'row')}`;
    case 'left out':
      return `${name}: left out`;
    case 'waiting':
    case 'loading':
    case 'indexing':
    case 'verifying':
      return null;
  }
}
