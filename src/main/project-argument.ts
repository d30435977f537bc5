// A project file among the words of a command line, as file managers give it.

import { resolve } from 'node:path';

/** Its absolute path, or null. */
export function projectIn(words: readonly string[], cwd: string): string | null {
  const found = words.findLast((word) => !word.startsWith('-') && /\.drover\.json$/i.test(word));
  return found === undefined ? null : resolve(cwd, found);
}
