// `drover verify <project or run>`: compares source and target again, and changes neither.

import { DroverError } from '../../shared/errors.ts';
import { type Context, withContext } from '../context.ts';
import { endLines } from '../display/end.ts';
import { whileWaiting } from '../display/waiting.ts';
import { type ExitStatus, exitStatus } from '../exit.ts';
import { connectProject, isFile, openProject, type Saved } from '../project-file.ts';

export function verify(projectOrRun: string, options: { json?: boolean }): Promise<ExitStatus> {
  return withContext(options.json === true, async (context) => {
    const { terminal, host } = context;
    const report = await whileWaiting(
      terminal.theme,
      'comparing source and target',
      host.call('verify', await find(context, projectOrRun)),
    );
    terminal.record(report);
    const { theme, columns } = terminal;
    for (const line of endLines(report, { theme, columns, state: null, peakRss: null, folder: null }))
      terminal.say(line);
    return report.verdict === 'verified' ? exitStatus.ok : exitStatus.failed;
  });
}

/** A file of that name wins over a run of that name. */
async function find(context: Context, projectOrRun: string): Promise<Saved & { readonly run?: string }> {
  if (isFile(projectOrRun)) return openProject(context, projectOrRun);
  if (!/^[0-9a-z]{12}$/.test(projectOrRun)) {
    throw new DroverError(
      'project.missing-file',
      `There is no project file ${projectOrRun}, and no run has such a name.`,
      {
        hint: 'Give the path of a project, or a run as `drover runs` lists it.',
        where: { side: 'project' },
      },
    );
  }
  const project = await context.host.call('run.project', { run: projectOrRun });
  return { ...(await connectProject(context, project)), run: projectOrRun };
}
