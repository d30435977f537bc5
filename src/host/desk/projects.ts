// Projects on this machine: opened with absolute paths, saved where they were or among Drover's own.

import { mkdir, open } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { DroverError } from '../../shared/errors.ts';
import type { Project } from '../../shared/model/mapping.ts';
import { projectVersion, readProject, readProjectFile, saveProject } from '../project-file.ts';
import { databaseUrl } from '../url.ts';

/** A project as it stands in its file. */
export interface Filed {
  readonly path: string;
  readonly version: string;
  readonly project: Project;
}

export interface Projects {
  open(path: string): Promise<Filed>;
  /** Throws `project.changed-elsewhere` when the file has another version than the given one. */
  save(path: string | null, project: Project, version: string | null): Promise<Filed>;
}

export interface ProjectsPorts {
  /** Takes the password out of a URL; it throws where the URL is none. */
  readonly bare: (url: string) => string;
  /** The same, and keeps the password; it takes whatever stands in a file. */
  readonly keepPassword: (url: string) => string;
}

export function openProjects(home: string, { bare, keepPassword }: ProjectsPorts): Projects {
  let last: Promise<unknown> = Promise.resolve();

  async function save(given: string | null, project: Project, version: string | null): Promise<Filed> {
    const clean = withUrls(project, bare);
    const path = given === null ? await freeFile(join(home, 'projects'), project.name) : resolve(given);
    if (given !== null && version !== null) await refuseChanged(path, version);
    const before = await readProject(path).catch(() => null);
    return { path, project: clean, version: await saveProject(path, asWritten(clean, before, dirname(path))) };
  }

  return {
    async open(given) {
      const path = resolve(given);
      const { project, version } = await readProjectFile(path);
      return { path, version, project: withUrls(project, (url) => keepPassword(databaseUrl(url, dirname(path)))) };
    },
    /** One after the other: the last one said is the one that stays. */
    save(path, project, version) {
      const done = last.then(() => save(path, project, version));
      last = done.catch(() => undefined);
      return done;
    },
  };
}

/** A file that is gone changes nothing for anybody: it is written anew. */
async function refuseChanged(path: string, version: string): Promise<void> {
  const now = await projectVersion(path);
  if (now === null || now === version) return;
  throw new DroverError('project.changed-elsewhere', 'The file was changed elsewhere.', {
    cause: `${path} is not as it was last read or written here.`,
    hint: 'Take the project as it stands in the file, save over it, or save yours in another file.',
    where: { side: 'project' },
  });
}

function withUrls(project: Project, change: (url: string) => string): Project {
  const { source, target } = project;
  return {
    ...project,
    source: { ...source, url: change(source.url) },
    target: { ...target, url: change(target.url) },
  };
}

/** A path that stood relative in the file stays so, that the folder can still be moved as a whole. */
function asWritten(project: Project, before: Project | null, folder: string): Project {
  if (before === null) return project;
  const known = [before.source.url, before.target.url];
  return withUrls(project, (url) => known.find((each) => databaseUrl(each, folder) === url) ?? url);
}

/** Takes a name that no other file has, by making the file. */
async function freeFile(folder: string, name: string): Promise<string> {
  const stem = fileName(name);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    for (let number = 1; ; number++) {
      const path = join(folder, `${stem}${number === 1 ? '' : `-${number}`}.drover.json`);
      if (await claim(path)) return path;
    }
  } catch (error) {
    throw new DroverError('project.unwritable', `No project can be saved in ${folder}.`, {
      cause: (error as Error).message,
      hint: 'Save it in another folder, or set DROVER_HOME to one that may be written to.',
      where: { side: 'local' },
    });
  }
}

async function claim(path: string): Promise<boolean> {
  try {
    await (await open(path, 'wx', 0o600)).close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function fileName(name: string): string {
  const safe = name.normalize('NFC').replace(/[^\p{L}\p{N}._ -]+/gu, '-');
  return safe.slice(0, 80).replace(/^[. -]+|[. -]+$/g, '') || 'project';
}
