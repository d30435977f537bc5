// The command line: reads the arguments, runs the command, and turns whatever happens into an exit status.

import { CommanderError } from 'commander';
import type { DroverErrorData } from '../shared/errors.ts';
import { type ExitStatus, exitStatus } from './exit.ts';
import { outliveLostText } from './outlive.ts';
import { createProgram } from './program.ts';

outliveLostText();

process.exitCode = await main(process.argv.slice(2));

async function main(words: readonly string[]): Promise<ExitStatus> {
  let status: ExitStatus = exitStatus.ok;
  const program = createProgram((ended) => {
    status = ended;
  });
  try {
    await program.parseAsync(words, { from: 'user' });
    return status;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return exitStatus.ok;
    // Whatever a command throws, it throws before a run has begun: nothing was touched.
    await tell(words.includes('--json'), error instanceof CommanderError ? await usageError(error, words) : error);
    // Threads that still read for what nobody wants any more would keep the process for as long as that takes.
    if ((error as Partial<DroverErrorData>).code === 'run.cancelled') process.exit(exitStatus.refused);
    return exitStatus.refused;
  }
}

async function tell(json: boolean, error: unknown): Promise<void> {
  const [{ createTerminal }, { tellFailure }] = await Promise.all([import('./terminal.ts'), import('./failure.ts')]);
  tellFailure(createTerminal(json), error);
}

/** Commander's sentence in Drover's form. */
async function usageError(error: CommanderError, words: readonly string[]): Promise<Error> {
  const { CommandError, usage } = await import('./failure.ts');
  const command = words.find((word) => !word.startsWith('-'));
  const known = command !== undefined && error.code !== 'commander.unknownCommand';
  const hint = known ? `See \`drover ${command} --help\`.` : 'See `drover --help` for the commands.';
  return new CommandError(usage(sentence(error), hint) satisfies DroverErrorData);
}

/** What was typed may hold a password: words that look like a URL or a value are left out. */
function sentence(error: CommanderError): string {
  if (error.code === 'commander.help') return 'A command is missing.';
  const [first = '', ...more] = error.message.replace(/^error: /, '').split('\n');
  const text = first.replace(/(but got \d+): .*/, '$1').replace(/'([^':=@]*)[:=@][^']*'/g, "'$1…'");
  const suggestion = more.find((line) => line.startsWith('(Did you mean'))?.replace(/^\(|\)$/g, '') ?? '';
  const whole = `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
  return `${whole}${/[.?]$/.test(whole) ? '' : '.'} ${suggestion}`.trim();
}
