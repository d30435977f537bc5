// `drover run <project>`: confirm, run, verify, publish.

import type { OnConflict, Project, TableMode } from '../../shared/model/mapping.ts';
import { withContext } from '../context.ts';
import { execute } from '../execute.ts';
import type { ExitStatus } from '../exit.ts';
import { type Elsewhere, openProject } from '../project-file.ts';

export interface RunCommandOptions {
  readonly yes?: boolean;
  readonly batchSize?: number;
  readonly workers?: number;
  readonly mode?: TableMode;
  readonly onConflict?: OnConflict;
  readonly hold?: boolean;
  readonly rehearse?: boolean;
  readonly json?: boolean;
}

export function run(file: string, options: RunCommandOptions & Elsewhere): Promise<ExitStatus> {
  return withContext(options.json === true, async (context) => {
    const saved = await openProject(context, file, options);
    const project = {
      ...saved.project,
      ...(options.mode && { mode: options.mode }),
      ...(options.onConflict && { onConflict: options.onConflict }),
    };
    return execute(context, { ...saved, project }, executeOptions(withDefaults(options, project.run)));
  });
}

/** What nobody said on the command line is as the project says. */
function withDefaults(options: RunCommandOptions, run: Project['run']): RunCommandOptions {
  const batchSize = options.batchSize ?? run?.batchSize;
  const workers = options.workers ?? run?.workers;
  return { ...options, ...(batchSize !== undefined && { batchSize }), ...(workers !== undefined && { workers }) };
}

export function executeOptions({ yes, batchSize, workers, hold, rehearse }: RunCommandOptions) {
  return {
    yes: yes === true,
    ...(batchSize !== undefined && { batchSize }),
    ...(workers !== undefined && { workers }),
    ...(hold && { hold }),
    ...(rehearse && { rehearse }),
  };
}
