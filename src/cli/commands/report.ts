// `drover report <run>`: the report of a run in the wanted format, on stdout or into a file.

import { saveText } from '../../host/project-file.ts';
import type { ReportFormat } from '../../shared/contract.ts';
import { withContext } from '../context.ts';
import { type ExitStatus, exitStatus } from '../exit.ts';

export function report(run: string, options: { format?: ReportFormat; output?: string }): Promise<ExitStatus> {
  return withContext(false, async ({ host, terminal }) => {
    const format = options.format ?? formatOf(options.output);
    const { run: named } = await host.call('report.overview', { run });
    const { text } = await host.call('report.export', { run: named, format });
    if (options.output === undefined) terminal.result(text);
    else {
      await saveText(options.output, text);
      process.stderr.write(`report of run ${named} written into ${options.output}\n`);
    }
    return exitStatus.ok;
  });
}

/** Where no format is given, the file's ending says it; else Markdown. */
function formatOf(file: string | undefined): ReportFormat {
  const ending = file?.split('.').at(-1)?.toLowerCase();
  return ending === 'html' || ending === 'json' || ending === 'csv' ? ending : 'md';
}
