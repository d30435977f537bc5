// `drover rollback <run>`: the target as it was before the run, whatever has become of it.

import { list, many } from '../../shared/format.ts';
import { access } from '../access.ts';
import { databaseName } from '../confirm.ts';
import { withContext } from '../context.ts';
import { standingLine } from '../display/history.ts';
import { visible } from '../display/text.ts';
import { whileWaiting } from '../display/waiting.ts';
import { type ExitStatus, exitStatus } from '../exit.ts';
import { isRemembered, knownRun } from '../known-run.ts';
import { isOpen } from '../standings.ts';
import { agree } from './agree.ts';
import { rollbackLeftover } from './leftovers.ts';

export interface RollbackOptions {
  /** Only these; all when absent. */
  readonly table?: readonly string[];
  /** Where the run was, for one that this machine does not remember. */
  readonly target?: string;
  readonly keepNewer?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

export function rollback(
  name: string,
  { table: tables, target: elsewhere, keepNewer, yes, json }: RollbackOptions,
): Promise<ExitStatus> {
  return withContext(json === true, async (context) => {
    const { host, terminal } = context;
    if (elsewhere !== undefined && !(await isRemembered(context, name))) {
      return rollbackLeftover(context, name, elsewhere, yes === true);
    }
    const found = await knownRun(context, name);
    const { run, target: url } = found;
    const target = await access(context, 'target', url);
    const told = isOpen(found) ? await host.call('run.standing', { run, target }) : null;
    if (told) terminal.say(standingLine(told));
    // Its word, not the history's: a process may have died before it could write down that it had published.
    const published = told ? told.stands === 'published' : found.state === 'published';
    const what = tables ? `Roll ${shown(tables)} of run ${run} back` : `Roll run ${run} back`;
    const consent = published ? await agree(context, yes === true, what, databaseName(url)) : undefined;
    const rolledBack = await whileWaiting(
      terminal.theme,
      'rolling back',
      host.call('run.rollback', {
        run,
        target,
        keepNewer: keepNewer === true,
        consent,
        ...(tables ? { tables: [...tables] } : {}),
      }),
    );
    terminal.record(rolledBack);
    const { restored, removed, kept, staying } = rolledBack;
    const rest = `${many(staying.length, 'table')} of the run ${staying.length === 1 ? 'stays' : 'stay'} published.`;
    const then = staying.length === 0 ? 'The target is as it was before.' : rest;
    terminal.say(`  ${terminal.theme.strong('Rolled back.')} ${then}`);
    if (restored.length > 0) terminal.say(`  ${many(restored.length, 'table')} restored: ${few(restored)}`);
    if (removed.length > 0) terminal.say(`  ${many(removed.length, 'table')} of the run removed: ${few(removed)}`);
    for (const { table, keptAs } of kept) terminal.say(`  What was written into ${table} since is in ${keptAs}.`);
    return exitStatus.ok;
  });
}

/** All of them are in the audit log. */
function few(tables: readonly string[]): string {
  return list(tables.map(visible), 12);
}

function shown(tables: readonly string[]): string {
  return tables.map(visible).join(', ');
}
