// `drover bind <project>`: the same mapping on other databases.

import { dirname, resolve } from 'node:path';
import { readProject, saveProject } from '../../host/project-file.ts';
import { DroverError } from '../../shared/errors.ts';
import { withContext } from '../context.ts';
import { type ExitStatus, exitStatus } from '../exit.ts';
import { bound, connectProject, type Elsewhere } from '../project-file.ts';

export function bind(file: string, options: Elsewhere & { readonly json?: boolean }): Promise<ExitStatus> {
  return withContext(options.json === true, async (context) => {
    const { terminal } = context;
    if (options.source === undefined && options.target === undefined) throw nowhere();
    const before = await readProject(file);
    const { retyped } = await bound(context, await connectProject(context, before, dirname(resolve(file)), options));
    // A side that nobody named stays as it is written.
    const { source, target } = retyped.project;
    const project = {
      ...retyped.project,
      source: options.source === undefined ? { ...source, url: before.source.url } : source,
      target: options.target === undefined ? { ...target, url: before.target.url } : target,
    };
    await saveProject(file, project);
    const { changes, misfits, idleRules } = retyped;
    terminal.record({
      kind: 'bound',
      source: project.source.url,
      target: project.target.url,
      changes,
      misfits,
      idleRules,
    });
    const { theme } = terminal;
    terminal.say(`${theme.proved(theme.glyph.done)} ${file} leads from ${project.source.url} to ${project.target.url}`);
    terminal.say(`  next: drover drift ${file}`);
    return exitStatus.ok;
  });
}

function nowhere(): DroverError {
  return new DroverError('support.usage', 'Nothing was said to bind the project to.', {
    hint: 'Give --source <url>, --target <url>, or both.',
  });
}
