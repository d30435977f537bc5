// `drover migrate <source> <target>`: map, plan and run in one.

import { saveProject } from '../../host/project-file.ts';
import { notConfirmed } from '../confirm.ts';
import { withContext } from '../context.ts';
import { execute } from '../execute.ts';
import type { ExitStatus } from '../exit.ts';
import { type MapOptions, mapPair } from './map.ts';
import { executeOptions, type RunCommandOptions } from './run.ts';

export interface MigrateOptions extends RunCommandOptions, Omit<MapOptions, 'output'> {
  readonly save?: string;
}

export function migrate(source: string, target: string, options: MigrateOptions): Promise<ExitStatus> {
  return withContext(options.json === true, async (context) => {
    if (options.yes !== true && !context.terminal.interactive) throw notConfirmed();
    const { save, ...rest } = options;
    const saved = await mapPair(context, source, target, { ...rest, ...(save !== undefined && { output: save }) });
    if (save !== undefined) await saveProject(save, saved.project);
    return execute(context, saved, executeOptions(options));
  });
}
