// The commands, their arguments and options; what each does is loaded only when it is called.

import { Command, Option } from 'commander';
import {
  batchSize,
  columns,
  hold,
  json,
  mode,
  naming,
  ofTarget,
  onConflict,
  port,
  profiledRows,
  rehearse,
  rows,
  source,
  tables,
  takenBack,
  takeOver,
  target,
  workers,
  yes,
} from './commands/options.ts';
import type { ExitStatus } from './exit.ts';
import { version } from './version.ts';

/** `finish` takes the exit status of the command that ran. */
export function createProgram(finish: (status: ExitStatus) => void): Command {
  const program = new Command('drover')
    .description(
      'Moves a database into another database, shows the mapping, lets you watch the run, and proves that everything arrived.',
    )
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand(false)
    .exitOverride()
    // What went wrong is told by the caller, once, in Drover's own form.
    .configureOutput({ outputError: () => {} })
    .addHelpText('after', urls);

  program
    .command('inspect <url>')
    .description('list tables, sizes, keys and dependencies of a database')
    .addOption(json())
    .action(async (url, options) => finish(await (await import('./commands/inspect.ts')).inspect(url, options)));

  program
    .command('profile <url> <table>')
    .description('what the values of each column look like: NULLs, extremes, top values, patterns')
    .addOption(columns())
    .addOption(profiledRows())
    .addOption(json())
    .action(async (url, table, options) =>
      finish(await (await import('./commands/profile.ts')).profile(url, table, options)),
    );

  program
    .command('map <source> <target>')
    .description('map one database onto another and save the project')
    .option('-o, --output <file>', 'project file to write (stdout when absent)')
    .addOption(naming())
    .addOption(mode())
    .addOption(onConflict())
    .addOption(tables())
    .action(async (source, target, options) =>
      finish(await (await import('./commands/map.ts')).map(source, target, options)),
    );

  program
    .command('import <file>')
    .description(
      "make a project of a load file of pgloader's; what has no meaning here is listed, nothing of it is run",
    )
    .option('-o, --output <file>', 'project file to write (stdout when absent)')
    .addOption(source())
    .addOption(target())
    .addOption(json())
    .action(async (file, options) => finish(await (await import('./commands/import.ts')).importLoad(file, options)));

  program
    .command('plan <project>')
    .description('dry run: order, findings, DDL, estimates; touches nothing')
    .addOption(json())
    .option('--sql <folder>', 'write the DDL into files of this folder')
    .addOption(source())
    .addOption(target())
    .action(async (project, options) => finish(await (await import('./commands/plan.ts')).plan(project, options)));

  program
    .command('drift <project>')
    .description('what has changed in both databases since they were mapped; status 1 if anything, 2 if it blocks')
    .option('--accept', 'save the databases as they are now as what the project is mapped against')
    .addOption(source())
    .addOption(target())
    .addOption(json())
    .action(async (project, options) => finish(await (await import('./commands/drift.ts')).drift(project, options)));

  program
    .command('bind <project>')
    .description('lead the mapping to other databases, and save it')
    .addOption(source())
    .addOption(target())
    .addOption(json())
    .action(async (project, options) => finish(await (await import('./commands/bind.ts')).bind(project, options)));

  program
    .command('preview <project> <table>')
    .description('before and after on real rows; touches nothing')
    .addOption(rows())
    .addOption(source())
    .addOption(target())
    .addOption(json())
    .action(async (project, table, options) =>
      finish(await (await import('./commands/preview.ts')).preview(project, table, options)),
    );

  program
    .command('run <project>')
    .description('confirm, run, verify, publish')
    .addOption(yes())
    .addOption(batchSize())
    .addOption(workers())
    .addOption(mode())
    .addOption(onConflict())
    .addOption(hold())
    .addOption(rehearse())
    .addOption(source())
    .addOption(target())
    .addOption(json())
    .action(async (project, options) => finish(await (await import('./commands/run.ts')).run(project, options)));

  program
    .command('migrate <source> <target>')
    .description('map, plan and run in one')
    .addOption(yes())
    .addOption(batchSize())
    .addOption(workers())
    .addOption(mode())
    .addOption(onConflict())
    .addOption(naming())
    .addOption(tables())
    .addOption(hold())
    .addOption(rehearse())
    .option('--save <project>', 'keep the mapping as a project file')
    .addOption(json())
    .action(async (source, target, options) =>
      finish(await (await import('./commands/migrate.ts')).migrate(source, target, options)),
    );

  program
    .command('resume [run]')
    .description('go on with a run that was interrupted, from where the target says that it stands')
    .addOption(takeOver())
    .addOption(json())
    .action(async (run, options) => finish(await (await import('./commands/resume.ts')).resume(run, options)));

  program
    .command('publish <run>')
    .description('let a held run go: its tables take their places')
    .addOption(json())
    .action(async (run, options) => finish(await (await import('./commands/resume.ts')).publish(run, options)));

  program
    .command('rollback <run>')
    .description('back to before: after publishing, after an interruption, or of a held run')
    .addOption(takenBack())
    .addOption(ofTarget('of a run that this machine does not remember: where it was'))
    .option('--keep-newer', 'keep tables aside into which somebody wrote since, in place of refusing')
    .addOption(yes())
    .addOption(json())
    .action(async (run, options) => finish(await (await import('./commands/rollback.ts')).rollback(run, options)));

  program
    .command('clean <run>')
    .description('drop the backups of a run, after showing their sizes')
    .addOption(ofTarget('of a run that this machine does not remember: where it was'))
    .addOption(yes())
    .addOption(json())
    .action(async (run, options) => finish(await (await import('./commands/clean.ts')).clean(run, options)));

  program
    .command('verify <project-or-run>')
    .description('compare source and target again; changes neither')
    .addOption(json())
    .action(async (name, options) => finish(await (await import('./commands/verify.ts')).verify(name, options)));

  program
    .command('quarantine <run>')
    .description('rows that did not move, each with its reason')
    .option('--table <name>', 'only of this table of the target')
    .addOption(new Option('--format <format>', 'every row, as csv or json, with its values').choices(['csv', 'json']))
    .option('-o, --output <file>', 'file to write (stdout when absent)')
    .addOption(json())
    .action(async (run, options) => finish(await (await import('./commands/quarantine.ts')).quarantine(run, options)));

  program
    .command('retry <run>')
    .description('rows in quarantine once more, through the mended mapping')
    .option('--project <file>', 'the project as it is mended (as the run had it when absent)')
    .option('--table <name>', 'only of this table of the target')
    .addOption(yes())
    .addOption(json())
    .action(async (run, options) => finish(await (await import('./commands/retry.ts')).retry(run, options)));

  program
    .command('report <run>')
    .description('the report of a run')
    .addOption(new Option('--format <format>', 'md, html, json or csv').choices(['md', 'html', 'json', 'csv']))
    .option('-o, --output <file>', 'file to write (stdout when absent)')
    .action(async (name, options) => finish(await (await import('./commands/report.ts')).report(name, options)));

  program
    .command('runs')
    .description('the history of runs on this machine, or what runs have left in a target')
    .addOption(ofTarget('ask this database what is there, whoever ran it'))
    .addOption(json())
    .action(async (options) => finish(await (await import('./commands/runs.ts')).runs(options)));

  program
    .command('app')
    .description('open the desktop window, or the same screens in a browser')
    .action(async () => finish(await (await import('./commands/app.ts')).app()));

  program
    .command('serve')
    .description('serve the screens on 127.0.0.1, for a browser of this machine')
    .addOption(port())
    .option('--no-open', 'open no browser')
    .action(async (options) => finish(await (await import('./commands/serve.ts')).serve(options)));

  program
    .command('demo')
    .description('make a sample database and migrate it, end to end')
    .addOption(
      new Option('--to <target>', 'what the sample is migrated into').choices(['sqlite', 'postgres']).default('sqlite'),
    )
    .option('--reshape', 'into a new shop of other tables, by steps and rules; exits with 3, as rows are kept aside')
    .addOption(json())
    .action(async (options) => finish(await (await import('./commands/demo.ts')).demo(options)));

  return program;
}

const urls = `
Databases:
  postgres://user@host:5432/db?schema=public&sslmode=verify-full
  mysql://user@host:3306/db          MySQL and MariaDB
  sqlite:path/to/file.db             or the path alone

Behind an SSH host:
  postgres://user@db.internal/db?ssh=me@bastion:22&ssh-key=~/.ssh/id_ed25519
  Without ssh-key= the agent is asked; ssh-host-key=SHA256:… where known_hosts lacks the host.

Passwords: DROVER_SOURCE_PASSWORD, DROVER_TARGET_PASSWORD, the clients' own variables and
files, or asked for at the terminal. They are never printed or stored.

Exit status: 0 done and verified; 1 failed and rolled back; 2 refused, nothing touched;
3 published with rows in quarantine or tables left out; 4 interrupted, held or not known: decide.`;
