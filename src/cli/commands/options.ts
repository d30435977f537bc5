// Options that several commands share, and how their values are read.

import { InvalidArgumentError, Option } from 'commander';

export const json = () => new Option('--json', 'machine-readable lines on stdout, text for people on stderr');

export const naming = () =>
  new Option('--naming <policy>', 'how names are written in the target').choices(['keep', 'lower', 'snake']);

export const mode = () =>
  new Option(
    '--mode <mode>',
    'tables that stand in the target: create refuses, replace keeps the old one, append and upsert add rows to it',
  ).choices(['create', 'replace', 'append', 'upsert']);

export const onConflict = () =>
  new Option('--on-conflict <choice>', 'for upsert: what becomes of a row whose key stands there already').choices([
    'update',
    'skip',
    'fail',
  ]);

export const tables = () =>
  new Option('--tables <names>', 'only these source tables, separated by commas').argParser(names);

export const columns = () =>
  new Option('--columns <names>', 'only these columns, separated by commas').argParser(names);

export const profiledRows = () =>
  new Option(
    '--rows <n>',
    'read tables of up to n rows whole, a sample of larger ones (1,000,000 when absent)',
  ).argParser(whole(100, 1_000_000_000));

export const source = () => new Option('--source <url>', "another source than the project's");

export const target = () => new Option('--target <url>', "another target than the project's");

export const ofTarget = (what: string) => new Option('--target <url>', what);

export const yes = () => new Option('--yes', 'start without asking');

export const batchSize = () =>
  new Option('--batch-size <rows>', 'rows sent to the target at once').argParser(whole(1, 100_000));

export const workers = () =>
  new Option('--workers <n>', 'tables, or parts of one, in flight at once').argParser(whole(1, 64));

export const hold = () =>
  new Option('--hold', 'stop when all is loaded and verified; `drover publish` lets it go').conflicts('rehearse');

export const rehearse = () =>
  new Option('--rehearse', 'to the end of verification, then back: the target must be as it was').conflicts('hold');

export const takeOver = () =>
  new Option('--take-over', 'even from a process that still lives: its sessions are ended, it writes nothing more');

export const takenBack = () =>
  new Option('--table <name>', 'only this table of a published run; once for each, all or none of them').argParser(
    (name: string, before: readonly string[] | undefined) => [...(before ?? []), name],
  );

export const rows = () => new Option('--rows <n>', 'sample rows').argParser(whole(1, 200)).default(20);

export const port = () =>
  new Option('--port <n>', 'port to listen on (a free one when absent)').argParser(whole(1, 65_535));

function whole(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || value > most) {
      throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
    }
    return value;
  };
}

function names(text: string): string[] {
  const found = text.split(',').map((name) => name.trim());
  if (found.includes('')) throw new InvalidArgumentError('It must be names separated by commas.');
  return found;
}
