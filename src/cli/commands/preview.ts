// `drover preview <project> <table>`: before → after on real rows; touches nothing.

import { DroverError } from '../../shared/errors.ts';
import type { Project, TableMapping } from '../../shared/model/mapping.ts';
import { withContext } from '../context.ts';
import { previewLines } from '../display/preview.ts';
import { whileWaiting } from '../display/waiting.ts';
import { type ExitStatus, exitStatus } from '../exit.ts';
import { type Elsewhere, openProject } from '../project-file.ts';

interface PreviewOptions extends Elsewhere {
  readonly json?: boolean;
  readonly rows: number;
}

export function preview(file: string, table: string, options: PreviewOptions): Promise<ExitStatus> {
  return withContext(options.json === true, async (context) => {
    const { terminal, host } = context;
    const saved = await openProject(context, file, options);
    const { source, target } = mappingOf(saved.project, table);
    const asked = host.call('map.preview', { ...saved, table: { source, target }, limit: options.rows });
    const shown = await whileWaiting(terminal.theme, 'reading the first rows', asked);
    if (terminal.json) terminal.record(shown);
    else for (const line of previewLines(terminal.theme, { source, target }, shown)) terminal.say(line);
    return exitStatus.ok;
  });
}

/** By the name of either side. */
function mappingOf({ tables }: Project, name: string): TableMapping {
  const found = tables.find(({ source }) => source === name) ?? tables.find(({ target }) => target === name);
  if (found) return found;
  throw new DroverError('project.invalid', `The project does not map a table ${name}.`, {
    hint: 'See its tables with: drover plan <project>',
    where: { side: 'project', table: name },
  });
}
