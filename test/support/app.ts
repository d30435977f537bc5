// The app as a person has it: `drover serve` as a process with a data folder of its own.

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { program } from './program.ts';

export interface App {
  /** The page, with its token. */
  readonly url: string;
  /** DROVER_HOME. */
  readonly home: string;
  /** A folder for files of the test's own. */
  readonly folder: string;
  readonly process: ChildProcess;
  /** All that the process wrote. */
  said(): string;
  close(): Promise<void>;
}

const PATIENCE_MS = 30_000;

/** `scratch` is the folder to work in. */
export function startApp(scratch: string): Promise<App> {
  return startIn(mkdtempSync(join(scratch, 'app-')), []);
}

/** The same app once more, where one has ended: same data folder, same port. */
export function startAgain({ folder, url }: App): Promise<App> {
  return startIn(folder, ['--port', new URL(url).port]);
}

async function startIn(folder: string, words: readonly string[]): Promise<App> {
  const home = join(folder, 'home');
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [program('cli'), 'serve', '--no-open', ...words], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH,
      HOME: folder,
      DROVER_HOME: home,
      NO_COLOR: '1',
      NODE_COMPILE_CACHE: join(dirname(folder), 'compiled'),
    },
  });
  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`drover serve did not start: ${said}`)), PATIENCE_MS);
    const listen = (text: string) => {
      said += text;
      const found = /http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/.exec(said)?.[0];
      if (found) resolve(found);
      if (found) clearTimeout(timer);
    };
    child.stdout.setEncoding('utf8').on('data', listen);
    child.stderr.setEncoding('utf8').on('data', listen);
    child.once('exit', (code) => reject(new Error(`drover serve ended with ${code}: ${said}`)));
  });
  return {
    url,
    home,
    folder,
    process: child,
    said: () => said,
    async close() {
      if (child.exitCode === null && child.signalCode === null) {
        const gone = new Promise((resolve) => child.once('exit', resolve));
        child.kill('SIGTERM');
        await gone;
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
