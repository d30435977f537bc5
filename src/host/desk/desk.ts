// The desk: what the host answers by itself, put together from its drawers.

import { parseUrl } from '../../engine/index.ts';
import { isSshUrl } from '../../shared/ssh.ts';
import { withoutPassword } from '../without-password.ts';
import { openConnections } from './connections.ts';
import { listFiles } from './files.ts';
import type { DeskHandlers } from './handlers.ts';
import { openLoadFile } from './load-file.ts';
import { loginOf } from './login.ts';
import { openProjects } from './projects.ts';
import { openRecent } from './recent.ts';
import { sampleMaker } from './sample.ts';
import { type Keychain, openSecrets } from './secrets.ts';
import { merge, settingsDrawer } from './settings.ts';

export interface DeskPorts {
  /** The data folder (DROVER_HOME). */
  readonly home: string;
  readonly version: string;
  readonly keychain: Keychain;
  /** Where the clients' own passwords are looked for. */
  readonly environment: NodeJS.ProcessEnv;
  /** The script of the thread that makes the sample, source or built. */
  readonly sampleUrl: URL;
  readonly now?: () => Date;
}

export interface Desk {
  readonly handlers: DeskHandlers;
  /** For the engine: what is kept for a URL without password. */
  readonly passwordOf: (url: string) => Promise<string | null>;
}

export function createDesk({ home, version, keychain, environment, sampleUrl, now }: DeskPorts): Desk {
  const readUrl = (url: string) => parseUrl(url, environment);
  const bare = (url: string) => readUrl(url).url;
  const settings = settingsDrawer(home);
  const recent = openRecent(home, now ?? (() => new Date()), (url) => withoutPassword(url, readUrl).url);
  const connections = openConnections(home, bare);
  // The passphrases of SSH keys are kept under the address of their host.
  const secrets = openSecrets(keychain, (given) => {
    if (isSshUrl(given)) return { url: given, login: given, ambientPassword: null };
    const { url, connection, ambientPassword } = readUrl(given);
    return { url, login: loginOf(connection), ambientPassword };
  });
  const keepPassword = (given: string): string => {
    const { url, password } = withoutPassword(given, readUrl);
    if (password !== null) secrets.take(url, password);
    return url;
  };
  const projects = openProjects(home, { bare, keepPassword });

  const handlers: DeskHandlers = {
    desk: async () => ({
      home,
      version,
      settings: await settings.read(),
      recent: await recent.list(),
      connections: await connections.list(),
    }),
    'desk.settings': (given) => settings.change((held) => merge(held, given)),
    'desk.connections': (input) => connections.replace(input.connections),
    'desk.forget': async ({ path }) => {
      await recent.forget(path);
      return {};
    },
    'project.open': async ({ path }) => {
      const opened = await projects.open(path);
      await recent.add(opened.path, opened.project);
      return opened;
    },
    'load.open': ({ path }) => openLoadFile(path, environment, keepPassword),
    'project.save': async (input) => {
      const { path, version, project } = await projects.save(input.path, input.project, input.version);
      await recent.add(path, project);
      return { path, version };
    },
    'files.list': ({ folder }) => listFiles(folder),
    'sample.make': sampleMaker(home, sampleUrl),
    'secrets.keep': ({ url, secret, remember }) => secrets.keep(url, secret, remember),
    'secrets.carry': ({ from, to }) => secrets.carry(from, to),
    'secrets.state': ({ url }) => secrets.state(url),
    'secrets.forget': ({ url }) => secrets.forget(url),
  };
  return { handlers, passwordOf: (url) => secrets.passwordOf(url) };
}
