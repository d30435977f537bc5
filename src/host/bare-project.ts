// A project as it may go further: into the history, reports and logs. Passwords travel in the endpoints beside it.

import { parseUrl } from '../engine/index.ts';
import type { Project } from '../shared/model/mapping.ts';
import { withoutPassword } from './without-password.ts';

/** What was asked for, with the project in it, if there is one, without the passwords in its URLs. */
export function withBareProject(input: unknown): unknown {
  const { project } = input as { readonly project?: Project | null };
  if (typeof project !== 'object' || project === null) return input;
  return { ...(input as object), project: { ...project, source: bare(project.source), target: bare(project.target) } };
}

function bare(side: Project['source']): Project['source'] {
  return { ...side, url: withoutPassword(side.url, parseUrl).url };
}
