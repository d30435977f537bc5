// The history of runs as a table, newest first as the engine gives it.

import { count, duration, list } from '../../shared/format.ts';
import type { RunState, RunSummary, Standing } from '../../shared/model/run.ts';
import { columns, visible } from './text.ts';
import type { Theme } from './theme.ts';

type Told = Standing | { readonly untold: string };

export function historyLines(
  theme: Theme,
  runs: readonly RunSummary[],
  standings: ReadonlyMap<string, Told>,
  terminalWidth: number,
): string[] {
  if (runs.length === 0)
    return ['', '  No run yet. Start one with `drover migrate <source> <target>`, or see `drover demo`.', ''];
  const styles = {
    held: theme.warn,
    published: theme.proved,
    rehearsed: theme.proved,
    undone: theme.warn,
    'rolled back': theme.warn,
    refused: theme.quiet,
    running: theme.accent,
    interrupted: theme.block,
    unknown: theme.block,
  } satisfies Record<RunState, unknown>;
  const isState = (text: string): text is RunState => text in styles;
  const rows = runs.map((run) => [
    `  ${run.run}`,
    local(run.startedAt),
    run.state,
    visible(run.project),
    count(run.rows),
    run.finishedAt ? duration((Date.parse(run.finishedAt) - Date.parse(run.startedAt)) / 1000) : '',
    visible(`${run.source} ${theme.glyph.arrow} ${run.target}`),
  ]);
  return [
    '',
    ...columns(
      theme,
      [
        { title: '  run' },
        { title: 'started' },
        { title: 'state', style: (text) => (isState(text) ? styles[text](text) : text) },
        { title: 'project' },
        { title: 'rows', align: 'right' },
        { title: 'took', align: 'right' },
        { title: 'from and to', elastic: true },
      ],
      rows,
      terminalWidth,
    ),
    '',
    ...runs.flatMap((run) => openLines(theme, run, standings.get(run.run) ?? null)),
  ];
}

/** What can be done about a run that waits for somebody. */
function openLines(theme: Theme, { run, state, takenBack }: RunSummary, told: Told | null): string[] {
  const where = told ? [standingLine(told)] : [];
  const back = `back to before: drover rollback ${run}`;
  if (state === 'held')
    return [`  ${theme.warn(run)} is held. Let it go: drover publish ${run}; ${back}`, ...where, ''];
  if (state === 'published' && takenBack.length > 0) {
    const tables = visible(list(takenBack));
    return [`  ${theme.warn(run)} is published but for ${tables}, rolled back. The rest ${back}`, ''];
  }
  if (state !== 'interrupted' && state !== 'unknown') return [];
  return [`  ${theme.block(run)} was interrupted. Go on: drover resume ${run}; ${back}`, ...where, ''];
}

/** As its target says, not as this machine remembers. */
export function standingLine(told: Told): string {
  return 'untold' in told
    ? `  Its target can't say where it stands: ${visible(told.untold)}`
    : `  ${visible(told.words)}`;
}

/** The moment on this machine's clock: "2026-11-20 14:03". */
function local(iso: string): string {
  const moment = new Date(iso);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
  return `${day} ${two(moment.getHours())}:${two(moment.getMinutes())}`;
}
