// `drover import <file.load>`: a load file of pgloader's becomes a project; what has no meaning here is listed.

import { dirname, resolve } from 'node:path';
import { formatProject } from '../../engine/index.ts';
import { loadFileName, readLoadCommands } from '../../host/load-file.ts';
import { projectName, saveProject } from '../../host/project-file.ts';
import { DroverError } from '../../shared/errors.ts';
import { many } from '../../shared/format.ts';
import type { LoadCommand } from '../../shared/model/loadfile.ts';
import { access, type Side } from '../access.ts';
import { type Context, withContext } from '../context.ts';
import { loadNoteLines } from '../display/loadfile.ts';
import { whileWaiting } from '../display/waiting.ts';
import { type ExitStatus, exitStatus } from '../exit.ts';
import type { Elsewhere } from '../project-file.ts';

interface ImportOptions extends Elsewhere {
  readonly output?: string;
  readonly json?: boolean;
}

export function importLoad(file: string, options: ImportOptions): Promise<ExitStatus> {
  return withContext(options.json === true, async (context) => {
    const { terminal, environment } = context;
    const commands = await readLoadCommands(file, environment);
    for (const [i, command] of commands.entries()) {
      const into = options.output === undefined ? null : numbered(options.output, i);
      const name = into === null ? loadFileName(file) : projectName(into);
      await importOne(context, command, { file, into, name, options });
    }
    if (commands.length > 1 && options.output === undefined) {
      terminal.say(`  ${many(commands.length, 'command')}: give -o to save each as a project of its own.`);
    }
    return exitStatus.ok;
  });
}

interface One {
  readonly file: string;
  readonly into: string | null;
  readonly name: string;
  readonly options: ImportOptions;
}

async function importOne(context: Context, command: LoadCommand, { file, into, name, options }: One): Promise<void> {
  const { terminal, host } = context;
  const open = (side: Side) => {
    const elsewhere = options[side];
    if (elsewhere !== undefined) return access(context, side, elsewhere);
    const url = command[side];
    if (url === null) throw unopened(side, command);
    return access(context, side, url, dirname(resolve(file)));
  };
  const source = await open('source');
  const target = await open('target');
  // Its own addresses may hold passwords, which are nobody's business from here on.
  const bare = { ...command, source: source.url, target: target.url };
  const { project, notes } = await whileWaiting(
    terminal.theme,
    'inspecting and mapping',
    host.call('map.load', { source, target, name, command: bare }),
  );
  terminal.record({ kind: 'imported', line: command.line, path: into, project, notes });
  // A project on stdout is alone there.
  const say = into === null && !terminal.json ? (line: string) => void process.stderr.write(`${line}\n`) : terminal.say;
  for (const line of loadNoteLines(terminal.theme, notes, terminal.columns)) say(line);
  if (into !== null) {
    await saveProject(into, project);
    const { theme } = terminal;
    say(`${theme.proved(theme.glyph.done)} ${many(project.tables.length, 'table')} mapped into ${into}`);
    say(`  next: drover plan ${into}`);
  } else if (!terminal.json) terminal.result(formatProject(project));
}

/** The second command's project is shop-2.drover.json. */
function numbered(output: string, i: number): string {
  if (i === 0) return output;
  const [, stem = output, ending = ''] = /^(.*?)((?:\.drover)?\.json)?$/is.exec(output) ?? [];
  return `${stem}-${i + 1}${ending}`;
}

function unopened(side: Side, { line }: LoadCommand): DroverError {
  return new DroverError('project.bad-load-file', `Drover does not open the ${side} of the command at line ${line}.`, {
    hint: `Name another ${side} with --${side} <url>.`,
    where: { side },
  });
}
