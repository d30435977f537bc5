// `drover inspect <url>`: what is in a database.

import { access } from '../access.ts';
import { withContext } from '../context.ts';
import { inventoryLines } from '../display/inventory.ts';
import { whileWaiting } from '../display/waiting.ts';
import { type ExitStatus, exitStatus } from '../exit.ts';

export function inspect(url: string, options: { json?: boolean }): Promise<ExitStatus> {
  return withContext(options.json === true, async (context) => {
    const { terminal, host } = context;
    const catalog = await whileWaiting(
      terminal.theme,
      'inspecting',
      host.call('inspect', await access(context, 'source', url)),
    );
    if (terminal.json) terminal.record(catalog);
    else for (const line of inventoryLines(terminal.theme, catalog, terminal.columns)) terminal.say(line);
    return exitStatus.ok;
  });
}
