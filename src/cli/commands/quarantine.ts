// `drover quarantine <run>`: the rows that did not move, each with its reason.

import { saveText } from '../../host/project-file.ts';
import { exportQuarantine, type QuarantineFormat } from '../../shared/quarantine-export.ts';
import { type Context, withContext } from '../context.ts';
import { quarantineLines } from '../display/quarantine.ts';
import { type ExitStatus, exitStatus } from '../exit.ts';

/** Of a long list people see the beginning; --json gives every row. */
const SHOWN = 50;
const PAGE = 1000;

export interface QuarantineOptions {
  readonly table?: string;
  /** Absent with `output`: as its ending says, else csv. */
  readonly format?: QuarantineFormat;
  readonly output?: string;
  readonly json?: boolean;
}

export function quarantine(run: string, options: QuarantineOptions): Promise<ExitStatus> {
  return withContext(options.json === true, (context) =>
    options.format || options.output !== undefined ? exported(context, run, options) : listed(context, run, options),
  );
}

async function exported({ host, terminal }: Context, run: string, options: QuarantineOptions): Promise<ExitStatus> {
  const { output, table = null } = options;
  const format = options.format ?? (output?.toLowerCase().endsWith('.json') ? 'json' : 'csv');
  const pieces = exportQuarantine(format, (place) => host.call('run.quarantine', { run, table, ...place }));
  let text = '';
  for await (const piece of pieces) {
    if (output === undefined) terminal.result(piece);
    else text += piece;
  }
  if (output !== undefined) {
    await saveText(output, text);
    process.stderr.write(`quarantine of run ${run} written into ${output}\n`);
  }
  return exitStatus.ok;
}

async function listed({ host, terminal }: Context, run: string, options: QuarantineOptions): Promise<ExitStatus> {
  const table = options.table ?? null;
  const first = await host.call('run.quarantine', { run, table, offset: 0, limit: terminal.json ? PAGE : SHOWN });
  if (!terminal.json) {
    for (const line of quarantineLines(terminal.theme, first, table)) terminal.say(line);
    return exitStatus.ok;
  }
  let { rows } = first;
  for (let offset = PAGE; rows.length > 0; offset += PAGE) {
    for (const row of rows) terminal.record(row);
    ({ rows } = await host.call('run.quarantine', { run, table, offset, limit: PAGE }));
  }
  return exitStatus.ok;
}
