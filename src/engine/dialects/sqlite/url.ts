// The form of SQLite's addresses: a scheme and a path, never a password.

import { resolve } from 'node:path';
import { DroverError } from '../../../shared/errors.ts';
import type { Connection } from '../../../shared/model/connection.ts';
import type { UrlForm } from '../dialect.ts';

const HINT = 'Write sqlite:path/to/file.db, or sqlite:///absolute/path/to/file.db.';

export const url: UrlForm = {
  schemes: ['sqlite', 'file'],
  hasPassword: false,

  parse(text) {
    const match = /^(sqlite|file):(.*)$/is.exec(text.trim());
    if (!match) throw badUrl('This is not the address of an SQLite file.');
    const path = pathOf(match[2]!, match[1]!.toLowerCase() === 'file');
    if (path === '') throw badUrl('The address names no file.');
    if (path.includes('\0')) throw badUrl('The path holds a zero byte.');
    if (path === ':memory:') throw badUrl('A database in memory ends with the process that holds it.');
    return { connection: { family: 'sqlite', path }, password: null };
  },

  format(connection) {
    return `sqlite:${pathIn(connection)}`;
  },

  ambientPassword() {
    return null;
  },

  /** No client of SQLite's keeps a list of files. */
  knownConnections() {
    return [];
  },
};

/** The file's absolute path. */
export function fileOf(connection: Connection): string {
  return resolve(pathIn(connection));
}

/**
 * With slashes in front it is a URL, whose characters may be escaped; `sqlite:` and a bare path is taken to the letter,
 * so that what `format` writes reads back the same.
 */
function pathOf(rest: string, isUri: boolean): string {
  const slashes = /^\/*/.exec(rest)![0].length;
  if (slashes < 2 && !isUri) return rest;
  const path = decode(rest.replace(/[?#].*$/s, ''));
  if (slashes < 2) return path;
  // sqlite://name is relative, sqlite:///name absolute; more slashes say nothing more.
  const bare = path.slice(slashes);
  if (slashes === 2) return bare.startsWith('localhost/') ? bare.slice('localhost'.length) : bare;
  return /^[a-z]:[\\/]/i.test(bare) ? bare : `/${bare}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw badUrl('The address holds a % that does not escape a character.');
  }
}

function pathIn(connection: Connection): string {
  if (connection.family !== 'sqlite') throw new Error(`not an SQLite connection: ${connection.family}`);
  return connection.path;
}

function badUrl(message: string): DroverError {
  return new DroverError('connect.bad-url', message, { hint: HINT });
}
