// A person's word before something is changed that can't be taken back by going on.

import { DroverError } from '../../shared/errors.ts';
import type { Context } from '../context.ts';

/** Throws `run.not-confirmed` unless somebody agrees, by --yes or at the terminal. */
export async function agree({ terminal }: Context, yes: boolean, what: string, where: string): Promise<void> {
  if (yes) return;
  if (terminal.interactive) {
    const { confirm } = await import('@clack/prompts');
    if ((await confirm({ message: `${what} in ${where}?`, initialValue: false, output: process.stderr })) === true)
      return;
  }
  throw new DroverError('run.not-confirmed', 'Nobody agreed; nothing was changed.', {
    hint: 'Answer yes when asked, or give --yes.',
  });
}
