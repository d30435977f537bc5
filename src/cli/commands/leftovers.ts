// `drover rollback` and `drover clean` with --target: of a run that this machine does not remember.

import type { Consent } from '../../shared/contract.ts';
import { DroverError } from '../../shared/errors.ts';
import { list, many, size } from '../../shared/format.ts';
import type { Leftover } from '../../shared/model/run.ts';
import { access } from '../access.ts';
import { databaseName } from '../confirm.ts';
import type { Context } from '../context.ts';
import { visible } from '../display/text.ts';
import { type ExitStatus, exitStatus } from '../exit.ts';
import { agree } from './agree.ts';

export async function rollbackLeftover(context: Context, run: string, url: string, yes: boolean): Promise<ExitStatus> {
  const { host, terminal } = context;
  const target = await access(context, 'target', url);
  const { tables, state } = await leftoverOf(context, run, target);
  const staged = tables.filter(({ place }) => place === 'staging');
  let consent: Consent | undefined;
  if (state === 'staged') {
    const what = `Take away what run ${run} has in staging (${many(staged.length, 'table')}), wherever it was run,`;
    consent = await agree(context, yes, what, databaseName(target.url));
  }
  const dropped = await host.call('target.rollback', { run, target, consent });
  terminal.record(dropped);
  terminal.say(`  ${terminal.theme.strong('Rolled back.')} The target is as it was before.`);
  for (const { table, keptAs } of dropped.kept) {
    terminal.say(`  ${visible(table)} holds other rows than the run had loaded, and is kept as ${visible(keptAs)}.`);
  }
  return exitStatus.ok;
}

export async function cleanLeftover(context: Context, run: string, url: string, yes: boolean): Promise<ExitStatus> {
  const { host, terminal } = context;
  const target = await access(context, 'target', url);
  const { tables } = await leftoverOf(context, run, target);
  const backups = tables.filter(({ place }) => place === 'backup' || place === 'added');
  for (const { keptAs, bytes } of backups) {
    terminal.say(`  ${visible(keptAs)}${bytes === null ? '' : `  ${size(bytes)}`}`);
  }
  const what = `Drop ${many(backups.length, 'backup')} of run ${run}, wherever it was run; it then can't be rolled back,`;
  const consent = backups.length > 0 ? await agree(context, yes, what, databaseName(target.url)) : undefined;
  const dropped = await host.call('target.clean', { run, target, consent });
  for (const each of dropped) terminal.record(each);
  terminal.say(`  ${many(dropped.length, 'backup')} dropped.`);
  return exitStatus.ok;
}

async function leftoverOf(
  { host }: Context,
  run: string,
  target: { readonly url: string; readonly password: string | null },
): Promise<Leftover> {
  const all = await host.call('target.runs', target);
  const found = all.find((each) => each.run === run);
  if (found) return found;
  throw new DroverError('run.no-such-run', `${target.url} holds nothing of a run ${run}.`, {
    cause: all.length > 0 ? `It holds something of ${list(all.map((each) => each.run))}.` : null,
    hint: `See what it holds with: drover runs --target ${target.url}`,
  });
}
