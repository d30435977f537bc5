// `drover clean <run>`: drops the backups that a run keeps of the tables it replaced.

import { aboutMany, many, size } from '../../shared/format.ts';
import { access } from '../access.ts';
import { databaseName } from '../confirm.ts';
import { withContext } from '../context.ts';
import { visible } from '../display/text.ts';
import { type ExitStatus, exitStatus } from '../exit.ts';
import { isRemembered, knownRun } from '../known-run.ts';
import { agree } from './agree.ts';
import { cleanLeftover } from './leftovers.ts';

export interface CleanOptions {
  /** Where the run was, for one that this machine does not remember. */
  readonly target?: string;
  readonly yes?: boolean;
  readonly json?: boolean;
}

export function clean(name: string, { target: elsewhere, yes, json }: CleanOptions): Promise<ExitStatus> {
  return withContext(json === true, async (context) => {
    const { host, terminal } = context;
    if (elsewhere !== undefined && !(await isRemembered(context, name))) {
      return cleanLeftover(context, name, elsewhere, yes === true);
    }
    const { run, target: url } = await knownRun(context, name);
    const target = await access(context, 'target', url);
    const backups = await host.call('run.backups', { run, target });
    if (backups.length === 0) {
      terminal.say(`  Run ${run} keeps no backups.`);
      return exitStatus.ok;
    }
    for (const { keptAs, rows, estimated, bytes } of backups) {
      const figures = [
        rows === null ? null : (estimated ? aboutMany : many)(rows, 'row'),
        bytes === null ? null : size(bytes),
      ];
      terminal.say(`  ${visible(keptAs)}  ${figures.filter(Boolean).join(', ')}`);
    }
    const what = `Drop ${many(backups.length, 'backup')} of run ${run}, which then can't be rolled back,`;
    const consent = await agree(context, yes === true, what, databaseName(url));
    const dropped = await host.call('run.clean', { run, target, consent });
    for (const each of dropped) terminal.record(each);
    terminal.say(`  ${many(dropped.length, 'backup')} dropped.`);
    return exitStatus.ok;
  });
}
