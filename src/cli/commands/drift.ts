// `drover drift <project>`: what has changed in both databases since they were mapped. Touches neither.

import { saveProject } from '../../host/project-file.ts';
import { withContext } from '../context.ts';
import { driftLines } from '../display/drift.ts';
import { whileWaiting } from '../display/waiting.ts';
import { type ExitStatus, exitStatus } from '../exit.ts';
import { type Elsewhere, openProject } from '../project-file.ts';

interface DriftOptions extends Elsewhere {
  readonly accept?: boolean;
  readonly json?: boolean;
}

export function drift(file: string, options: DriftOptions): Promise<ExitStatus> {
  return withContext(options.json === true, async (context) => {
    const { terminal, host } = context;
    const saved = await openProject(context, file, options);
    const found = await whileWaiting(
      terminal.theme,
      'comparing both databases with the project',
      host.call('map.drift', { ...saved, refresh: true }),
    );
    if (terminal.json) terminal.record(found);
    else for (const line of driftLines(terminal.theme, found, terminal.columns)) terminal.say(line);
    if (options.accept === true) {
      await saveProject(file, await host.call('map.accept', saved));
      terminal.say(`  ${file} is mapped against both databases as they are now; the mapping is as it was.`);
    }
    if (found.differences.some(({ severity }) => severity === 'blocker')) return exitStatus.refused;
    return found.differences.length > 0 || found.elsewhere ? exitStatus.failed : exitStatus.ok;
  });
}
