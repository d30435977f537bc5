// Load files of pgloader's: read with their addresses, whose passwords stay here.

import { dirname, resolve } from 'node:path';
import type { CallOutput } from '../../shared/contract.ts';
import type { Environment } from '../load-file.ts';
import { loadFileName, readLoadCommands } from '../load-file.ts';
import { databaseUrl } from '../url.ts';

export async function openLoadFile(
  given: string,
  environment: Environment,
  keepPassword: (url: string) => string,
): Promise<CallOutput<'load.open'>> {
  const path = resolve(given);
  const commands = await readLoadCommands(path, environment);
  const bare = (url: string | null) => (url === null ? null : keepPassword(databaseUrl(url, dirname(path))));
  return {
    path,
    name: loadFileName(path),
    commands: commands.map((each) => ({ ...each, source: bare(each.source), target: bare(each.target) })),
  };
}
