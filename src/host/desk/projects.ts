// Projects on this machine: opened with absolute paths, saved where they were or among Drover's own.

import { mkdir, open } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { DroverError } from '../../shared/errors.ts';
import type { Project } from '../../shared/model/mapping.ts';
import { readProject, saveProject } from '../project-file.ts';
import { databaseUrl } from '../url.ts';

export interface Projects {
  open(path: string): Promise<{ path: string; project: Project }>;
  save(path: string | null, project: Project): Promise<{ path: string; project: Project }>;
}

/** `bare` takes the password out of a URL; it throws where the URL is none. */
export function openProjects(home: string, bare: (url: string) => string): Projects {
  let last: Promise<unknown> = Promise.resolve();

  async function save(given: string | null, project: Project): Promise<{ path: string; project: Project }> {
    const path = given === null ? await freeFile(join(home, 'projects'), project.name) : resolve(given);
    const clean = withUrls(project, bare);
    await saveProject(path, asWritten(clean, await readProject(path).catch(() => null), dirname(path)));
    return { path, project: clean };
  }

  return {
    async open(given) {
      const path = resolve(given);
      const project = await readProject(path);
      return { path, project: withUrls(project, (url) => databaseUrl(url, dirname(path))) };
    },
    /** One after the other: the last one said is the one that stays. */
    save(path, project) {
      const done = last.then(() => save(path, project));
      last = done.catch(() => undefined);
      return done;
    },
  };
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
    await mkdir(folder, { recursive: true });
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
    await (await open(path, 'wx')).close();
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
