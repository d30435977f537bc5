// The clients' own configuration files: where they are, what one connection in them looks like, how they become known.

import { readFileSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import type { KnownConnection } from '../../shared/contract.ts';
import type { Connection } from '../../shared/model/connection.ts';

/** A connection as a client's file has it. Lives in memory only: it may hold a password. */
export interface FileConnection<C extends Connection = Connection> {
  readonly name: string;
  readonly connection: C;
  readonly password: string | null;
  readonly from: string;
  /** Where it leaves its password to another file. */
  readonly passwordFrom?: string;
}

export function homeOf(environment: NodeJS.ProcessEnv): string {
  return environment.HOME || homedir();
}

/** Who the clients connect as when nobody says otherwise; empty where even the system does not know. */
export function systemUser(environment: NodeJS.ProcessEnv): string {
  const named = environment.USER || environment.USERNAME;
  if (named) return named;
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}

/** null where the file is missing or can't be read. */
export function readClientFile(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** Each address once, under the first name it has; passwords stay behind. */
export function asKnown(
  found: readonly FileConnection[],
  format: (connection: Connection) => string,
): readonly KnownConnection[] {
  const known = new Map<string, KnownConnection>();
  for (const { name, connection, password, from, ...file } of found) {
    const url = format(connection);
    const first = known.get(url);
    const passwordFrom = first?.passwordFrom ?? (password === null ? null : (file.passwordFrom ?? from));
    known.set(url, { ...(first ?? { name, url, from }), passwordFrom });
  }
  return [...known.values()];
}

/** The sections of an INI file and the lines in them, as the clients write it; what stands before the first is left out. */
export function sectionsOf(text: string): readonly { readonly name: string; readonly lines: readonly string[] }[] {
  const sections: { name: string; lines: string[] }[] = [];
  for (const line of text.split(/\r?\n/)) {
    const head = /^\s*\[([^\]]*)\]/.exec(line);
    if (head) sections.push({ name: head[1]!.trim(), lines: [] });
    else if (!/^\s*([#;]|$)/.test(line)) sections.at(-1)?.lines.push(line);
  }
  return sections;
}
