// `drover map <source> <target>`: maps automatically and saves a project that a person can edit.

import { formatProject } from '../../engine/index.ts';
import { projectName, saveProject } from '../../host/project-file.ts';
import { many } from '../../shared/format.ts';
import type { NamingPolicy, OnConflict, Project, TableMode } from '../../shared/model/mapping.ts';
import { access } from '../access.ts';
import { databaseName } from '../confirm.ts';
import { type Context, withContext } from '../context.ts';
import { whileWaiting } from '../display/waiting.ts';
import { type ExitStatus, exitStatus } from '../exit.ts';
import type { Saved } from '../project-file.ts';

export interface MapOptions {
  readonly output?: string;
  readonly naming?: NamingPolicy;
  readonly mode?: TableMode;
  readonly onConflict?: OnConflict;
  readonly tables?: string[];
}

export function map(source: string, target: string, options: MapOptions): Promise<ExitStatus> {
  return withContext(false, async (context) => {
    const { terminal } = context;
    const { project } = await mapPair(context, source, target, options);
    const { output } = options;
    if (output === undefined) terminal.result(formatProject(project));
    else {
      await saveProject(output, project);
      const { theme } = terminal;
      terminal.say(`${theme.proved(theme.glyph.done)} ${many(project.tables.length, 'table')} mapped into ${output}`);
      terminal.say(`  next: drover plan ${output}`);
    }
    return exitStatus.ok;
  });
}

export async function mapPair(context: Context, from: string, to: string, options: MapOptions): Promise<Saved> {
  const source = await access(context, 'source', from);
  const target = await access(context, 'target', to);
  const mapping = context.host.call('map', {
    source,
    target,
    name:
      options.output === undefined
        ? databaseName(source.url).replace(/\.(db|sqlite3?)$/i, '')
        : projectName(options.output),
    ...(options.naming && { naming: options.naming }),
    ...(options.mode && { mode: options.mode }),
    ...(options.onConflict && { onConflict: options.onConflict }),
    ...(options.tables && { tables: options.tables }),
  });
  const project: Project = await whileWaiting(context.terminal.theme, 'inspecting and mapping', mapping);
  return { project, source, target };
}
