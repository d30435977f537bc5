// The engine's only door.

import { type ParsedUrl, parseUrl as parseWith } from './connect/endpoint.ts';
import { urlForms } from './dialects/index.ts';

export { createEngine, type Engine } from './engine.ts';
export { readLoadFile } from './map/loadfile/read.ts';
export { formatProject, parseProject } from './map/project-file.ts';
export { replaceFile } from './support/replace-file.ts';

/** A URL taken apart: the URL without its password, and the passwords that were found. Throws `connect.*`. */
export function parseUrl(url: string, environment: NodeJS.ProcessEnv = process.env): ParsedUrl {
  return parseWith(url, urlForms, environment);
}
