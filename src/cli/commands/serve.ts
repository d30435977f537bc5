// `drover serve`: the screens on 127.0.0.1, for a browser of this machine.

import { startWeb } from '../../web/start.ts';
import { withContext } from '../context.ts';
import type { ExitStatus } from '../exit.ts';
import { openBrowser } from '../open-browser.ts';
import { rendererFolder } from '../places.ts';
import { serveUntilStopped } from '../serving.ts';

export function serve(options: { port?: number; open: boolean }): Promise<ExitStatus> {
  return withContext(
    false,
    async ({ host, terminal }) => {
      const web = await startWeb({ host, rendererFolder: rendererFolder(), port: options.port });
      if (options.open) await openBrowser(web.ticket());
      return serveUntilStopped(terminal, host, web, `Drover is at ${web.url} until Ctrl-C`);
    },
    'screens',
  );
}
