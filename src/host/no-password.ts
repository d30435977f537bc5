// A server that asks for a password when Drover has none: said so, rather than that a password is wrong.

import { parseUrl } from '../engine/index.ts';
import { DroverError } from '../shared/errors.ts';

/** Where advice is read. */
export type Reader = 'screens' | 'command line';

const ways: Readonly<Record<Reader, string>> = {
  screens: 'Type it in Connect.',
  'command line':
    'Type it at the prompt of a terminal, or give it in DROVER_SOURCE_PASSWORD or DROVER_TARGET_PASSWORD, or where the database’s own clients look for it.',
};

/** The error itself when it is another, or when a password was sent. */
export function asMissingPassword(error: DroverError, input: unknown, reader: Reader): DroverError {
  if (error.code !== 'connect.wrong-password' || !noneWasSent(error)) return error;
  const url = urlOf(error, input);
  const where = url === null ? 'this connection' : placeOf(url);
  return new DroverError(error.code, `Drover has no password for ${where}.`, {
    ...error.data,
    hint: ways[reader],
  });
}

/** In the words of MySQL and MariaDB, and of the client library of PostgreSQL. */
function noneWasSent({ message, data }: DroverError): boolean {
  return /using password: NO|none was given/.test(`${message} ${data.cause ?? ''}`);
}

/** The address that the request was about: its own, or that of the side where it went wrong. */
function urlOf({ data }: DroverError, input: unknown): string | null {
  const { url, endpoint, source, target } = (input ?? {}) as Readonly<Record<string, unknown>>;
  const meant = endpoint ?? (data.where.side === 'target' ? target : (source ?? target));
  const found = url ?? (meant as { readonly url?: unknown } | undefined)?.url;
  return typeof found === 'string' ? found : null;
}

function placeOf(url: string): string {
  const { connection } = parseUrl(url);
  return connection.family === 'sqlite'
    ? connection.path
    : `${connection.user} at ${connection.host}:${connection.port}`;
}
