// What a person may type for a database: a URL, or the path of a SQLite file.

import { isAbsolute, resolve } from 'node:path';

/** A file path ending .db, .sqlite or .sqlite3 is a SQLite URL; relative paths count from `base`. */
export function databaseUrl(typed: string, base: string = process.cwd()): string {
  const hasScheme = /^[a-z][a-z0-9+.-]+:/i.test(typed);
  const url = !hasScheme && /\.(db|sqlite3?)$/i.test(typed) ? `sqlite:${typed}` : typed;
  const path = /^sqlite:(?!\/\/)([^?]+)(.*)$/is.exec(url);
  if (!path || isAbsolute(path[1]!)) return url;
  return `sqlite:${resolve(base, path[1]!)}${path[2]}`;
}
