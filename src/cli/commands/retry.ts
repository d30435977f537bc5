// `drover retry <run>`: rows in quarantine once more, through the mended mapping, into the published tables.

import { dirname, resolve } from 'node:path';
import { readProject } from '../../host/project-file.ts';
import { list, many } from '../../shared/format.ts';
import { withContext } from '../context.ts';
import { execute } from '../execute.ts';
import type { ExitStatus } from '../exit.ts';
import { connectProject } from '../project-file.ts';

export interface RetryOptions {
  readonly project?: string;
  readonly table?: string;
  readonly yes?: boolean;
  readonly json?: boolean;
}

export function retry(run: string, { project: file, table, yes, json }: RetryOptions): Promise<ExitStatus> {
  return withContext(json === true, async (context) => {
    const { host, terminal } = context;
    const mended = file === undefined ? null : await readProject(file);
    const { project, rows, left } = await host.call('run.retry', { run, project: mended, table: table ?? null });
    terminal.say(
      `  ${many(rows, 'row')} in quarantine will be read again, and added to what run ${run} has published.`,
    );
    if (left.length > 0) {
      terminal.say(
        `  Left out of that run, and not of this retry either: ${list(left)}. Run the project again for them.`,
      );
    }
    const base = file === undefined ? undefined : dirname(resolve(file));
    return execute(context, await connectProject(context, project, base), { yes: yes === true });
  });
}
