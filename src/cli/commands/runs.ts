// `drover runs`: the history on this machine, or what runs of whichever machine have left in a target.

import { access } from '../access.ts';
import { withContext } from '../context.ts';
import { historyLines } from '../display/history.ts';
import { leftoverLines } from '../display/leftovers.ts';
import { type ExitStatus, exitStatus } from '../exit.ts';
import { standingsOf } from '../standings.ts';

export function runs({ target: url, json }: { target?: string; json?: boolean }): Promise<ExitStatus> {
  return withContext(json === true, async (context) => {
    const { host, terminal } = context;
    const known = await host.call('runs', {});
    if (url === undefined) {
      const standings = await standingsOf(context, known);
      for (const each of known) terminal.record({ ...each, standing: standings.get(each.run) ?? null });
      for (const line of historyLines(terminal.theme, known, standings, terminal.columns)) terminal.say(line);
      return exitStatus.ok;
    }
    const target = await access(context, 'target', url);
    const found = await host.call('target.runs', target);
    for (const each of found) terminal.record(each);
    const remembered = new Set(known.map(({ run }) => run));
    for (const line of leftoverLines(terminal.theme, found, remembered, target.url)) terminal.say(line);
    return exitStatus.ok;
  });
}
