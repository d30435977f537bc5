// A person's word before something is changed that can't be taken back by going on.

import type { Consent } from '../../shared/contract.ts';
import { DroverError } from '../../shared/errors.ts';
import type { Context } from '../context.ts';

/** How somebody agreed, by --yes or at the terminal; else throws `run.not-confirmed`. */
export async function agree({ terminal }: Context, yes: boolean, what: string, where: string): Promise<Consent> {
  if (yes) return 'option';
  if (terminal.interactive) {
    const { confirm } = await import('@clack/prompts');
    if ((await confirm({ message: `${what} in ${where}?`, initialValue: false, output: process.stderr })) === true)
      return 'answered';
  }
  throw new DroverError('run.not-confirmed', 'Nobody agreed; nothing was changed.', {
    hint: 'Answer yes when asked, or give --yes.',
  });
}
