// `drover rollback <run>`: the target as it was before the run, whatever has become of it.

import { DroverError } from '../../shared/errors.ts';
import { many } from '../../shared/format.ts';
import { access } from '../access.ts';
import { databaseName } from '../confirm.ts';
import { type Context, withContext } from '../context.ts';
import { visible } from '../display/text.ts';
import { whileWaiting } from '../display/waiting.ts';
import { type ExitStatus, exitStatus } from '../exit.ts';
import { knownRun } from '../known-run.ts';

export interface RollbackOptions {
  /** Only these; all when absent. */
  readonly table?: readonly string[];
  readonly keepNewer?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

export function rollback(name: string, { table: tables, keepNewer, yes, json }: RollbackOptions): Promise<ExitStatus> {
  return withContext(json === true, async (context) => {
    const { host, terminal } = context;
    const { run, target: url, state } = await knownRun(context, name);
    const target = await access(context, 'target', url);
    const what = tables ? `Roll ${shown(tables)} of run ${run} back` : `Roll run ${run} back`;
    if (state === 'published') await agree(context, yes === true, what, databaseName(url));
    const rolledBack = await whileWaiting(
      terminal.theme,
      'rolling back',
      host.call('run.rollback', {
        run,
        target,
        keepNewer: keepNewer === true,
        ...(tables ? { tables: [...tables] } : {}),
      }),
    );
    terminal.record(rolledBack);
    const { restored, removed, kept, staying } = rolledBack;
    const rest = `${many(staying.length, 'table')} of the run ${staying.length === 1 ? 'stays' : 'stay'} published.`;
    const then = staying.length === 0 ? 'The target is as it was before.' : rest;
    terminal.say(`  ${terminal.theme.strong('Rolled back.')} ${then}`);
    if (restored.length > 0) terminal.say(`  ${many(restored.length, 'table')} restored: ${shown(restored)}`);
    if (removed.length > 0) terminal.say(`  ${many(removed.length, 'table')} of the run removed: ${shown(removed)}`);
    for (const { table, keptAs } of kept) terminal.say(`  What was written into ${table} since is in ${keptAs}.`);
    return exitStatus.ok;
  });
}

/** Throws `run.not-confirmed` unless somebody agrees, by --yes or at the terminal. */
export async function agree({ terminal }: Context, yes: boolean, what: string, where: string): Promise<void> {
  if (yes) return;
  if (terminal.interactive) {
    const { confirm } = await import('@clack/prompts');
    if ((await confirm({ message: `${what} in ${where}?`, initialValue: false, output: process.stderr })) === true)
      return;
  }
  throw new DroverError('run.not-confirmed', 'Nobody agreed; nothing was changed.', {
    hint: 'Answer yes when asked, or give --yes.',
  });
}

function shown(tables: readonly string[]): string {
  return tables.map(visible).join(', ');
}
