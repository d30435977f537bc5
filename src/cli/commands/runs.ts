// `drover runs`: the history on this machine.

import { withContext } from '../context.ts';
import { historyLines } from '../display/history.ts';
import { type ExitStatus, exitStatus } from '../exit.ts';

export function runs(options: { json?: boolean }): Promise<ExitStatus> {
  return withContext(options.json === true, async ({ host, terminal }) => {
    const found = await host.call('runs', {});
    if (terminal.json) for (const each of found) terminal.record(each);
    else for (const line of historyLines(terminal.theme, found, terminal.columns)) terminal.say(line);
    return exitStatus.ok;
  });
}
