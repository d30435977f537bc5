// `drover app`: the desktop window where it can be opened, else the same screens in the best window there is.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { startWeb, type Web } from '../../web/start.ts';
import { withContext } from '../context.ts';
import { type ExitStatus, exitStatus } from '../exit.ts';
import { hasDisplay, openBrowser } from '../open-browser.ts';
import { rendererFolder, shellEntry } from '../places.ts';
import { chromiumBinary, electronBinary } from '../programs.ts';
import { serveUntilStopped } from '../serving.ts';
import { chooseWindow, type WindowChoice } from '../window-choice.ts';

export async function app(): Promise<ExitStatus> {
  const choice = chooseWindow({
    electron: existsSync(shellEntry()) ? electronBinary() : null,
    chromium: chromiumBinary(process.env, process.platform),
    display: hasDisplay(process.env),
    root: process.platform === 'linux' && process.getuid?.() === 0,
  });
  if (choice.kind !== 'desktop') return serveIn(choice);
  const failure = await runDesktop(choice.binary);
  return failure === null ? exitStatus.ok : serveIn({ kind: 'browser', why: failure });
}

/** null when it ended as it should; otherwise a sentence. */
function runDesktop(binary: string): Promise<string | null> {
  const { ELECTRON_RUN_AS_NODE: _, ...environment } = process.env;
  const { promise, resolve } = Promise.withResolvers<string | null>();
  const child = spawn(binary, [shellEntry()], { stdio: 'inherit', env: environment });
  child.once('error', (error) => resolve(`The desktop window did not open: ${error.message}.`));
  child.once('exit', (status) => resolve(status === 0 ? null : `The desktop window ended with status ${status}.`));
  return promise;
}

function serveIn(choice: Exclude<WindowChoice, { kind: 'desktop' }>): Promise<ExitStatus> {
  return withContext(
    false,
    async ({ host, terminal }) => {
      const web = await startWeb({ host, rendererFolder: rendererFolder() });
      const opened = await show(choice, web);
      return serveUntilStopped(terminal, host, web, `Drover is at ${web.url} until Ctrl-C. ${opened}${choice.why}`);
    },
    'screens',
  );
}

/** What was opened, as a sentence with a blank behind it. */
async function show(choice: Exclude<WindowChoice, { kind: 'desktop' }>, web: Web): Promise<string> {
  switch (choice.kind) {
    case 'app window':
      return (await openAppWindow(choice.binary, web.ticket()))
        ? `${basename(choice.binary)} shows it in a window. `
        : '';
    case 'browser':
      return (await openBrowser(web.ticket())) ? 'Your browser shows it. ' : '';
    case 'address':
      return '';
  }
}

/** A browser that runs already takes the address over and ends: the window is not Drover's to watch. */
function openAppWindow(binary: string, url: string): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const child = spawn(binary, [`--app=${url}`], { stdio: 'ignore', detached: true });
  child.once('error', () => resolve(false));
  child.once('spawn', () => resolve(true));
  child.unref();
  return promise;
}
