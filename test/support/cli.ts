// Runs Drover's command line as a user would: a process, its exit status, and what it wrote.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import { type CliOptions, type CliResult, runProcess } from './process.ts';
import { filesBelow, program } from './program.ts';
import { PASSWORD } from './servers/launch.ts';

export type { CliOptions, CliResult } from './process.ts';

/** A command line with a data folder of its own. */
export interface Cli {
  readonly folder: string;
  run(args: readonly string[], options?: CliOptions): Promise<CliResult>;
  /** Files that Drover wrote here, or said anywhere, with a secret in them; must be empty. */
  leaks(): string[];
  close(): void;
}

export function openCli(): Cli {
  const folder = mkdtempSync(join(inject('scratch'), 'cli-'));
  const place = { entry: program('cli'), folder, compiled: join(inject('scratch'), 'compiled') };
  const said: string[] = [];
  return {
    folder,
    async run(args, options = {}) {
      const result = await runProcess(place, args, options);
      said.push(`${result.stdout}${result.stderr}`);
      return result;
    },
    leaks: () => [
      ...said.filter((text) => text.includes(PASSWORD)).map(() => 'standard output'),
      ...filesBelow(folder).filter((file) => readFileSync(file).includes(PASSWORD)),
    ],
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}
