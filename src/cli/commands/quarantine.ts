// `drover quarantine <run>`: the rows that did not move, each with its reason.

import { withContext } from '../context.ts';
import { quarantineLines } from '../display/quarantine.ts';
import { type ExitStatus, exitStatus } from '../exit.ts';

/** Of a long list people see the beginning; --json gives every row. */
const SHOWN = 50;
const PAGE = 1000;

export function quarantine(run: string, options: { table?: string; json?: boolean }): Promise<ExitStatus> {
  return withContext(options.json === true, async ({ host, terminal }) => {
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
  });
}
