// From what a person typed for a database to an endpoint: the URL without its password, and the password beside it.

import { parseUrl } from '../engine/index.ts';
import { databaseUrl } from '../host/url.ts';
import type { Endpoint } from '../shared/contract.ts';
import { at, DroverError } from '../shared/errors.ts';
import type { Context } from './context.ts';

export type Side = 'source' | 'target';

const ATTEMPTS = 3;

/**
 * The password is, in this order: the URL's own, DROVER_SOURCE_PASSWORD or DROVER_TARGET_PASSWORD,
 * the clients' own places, or asked at the terminal when the server wants one and none was given.
 */
export async function access(context: Context, side: Side, typed: string, base?: string): Promise<Endpoint> {
  const known = knownAccess(context, side, typed, base);
  const { url, password } = known;
  if (password !== null || !known.asks || !context.terminal.interactive) return { url, password };
  return { url, password: await askUntilRight(context, side, url) };
}

/** The same, but that nobody is asked. */
export function knownAccess(context: Context, side: Side, typed: string, base?: string): Endpoint & { asks: boolean } {
  const { url, password, ambientPassword, hasPassword } = parseUrl(databaseUrl(typed, base));
  const fromEnvironment = context.environment[`DROVER_${side.toUpperCase()}_PASSWORD`];
  return { url, password: password ?? fromEnvironment ?? ambientPassword, asks: hasPassword };
}

/** null where the server lets this user in without a password. */
async function askUntilRight({ host }: Context, side: Side, url: string): Promise<string | null> {
  const { isCancel, password: ask } = await import('@clack/prompts');
  let password: string | null = null;
  for (let attempt = 0; ; attempt++) {
    try {
      await host.call('connect.test', { url, password });
      return password;
    } catch (error) {
      if (!(error instanceof DroverError) || error.code !== 'connect.wrong-password' || attempt === ATTEMPTS) {
        throw error instanceof DroverError ? at(error, { side }) : error;
      }
      const again = attempt > 0 ? 'That password was refused. ' : '';
      const answer = await ask({ message: `${again}Password of the ${side}, ${url}`, output: process.stderr });
      if (isCancel(answer)) throw error;
      password = answer;
    }
  }
}
