// The clients' option file ~/.my.cnf: the connections that its groups describe, and their passwords.

import { join } from 'node:path';
import type { MysqlConnection } from '../../../../shared/model/connection.ts';
import { type FileConnection, homeOf, readClientFile, sectionsOf, systemUser } from '../../client-files.ts';
import { DEFAULTS, tlsModeNamed } from './connection-defaults.ts';

type Options = Readonly<Record<string, string>>;

/** Groups that every client reads; what the others say comes on top of it. */
const COMMON_GROUPS = ['client', 'client-server', 'client-mariadb'];

/** What `mysql` itself would connect to, then one for each client group with a suffix, as --defaults-group-suffix picks it. */
export function optionFileConnections(environment: NodeJS.ProcessEnv): FileConnection<MysqlConnection>[] {
  const path = join(homeOf(environment), '.my.cnf');
  const { common, named } = groupsOf(readClientFile(path) ?? '');
  const standard = { ...common, ...named.get('mysql') };
  const others = [...named].flatMap(([group, own]) => {
    const [, suffix] = /^client[-_.]?(.+)$/.exec(group) ?? [];
    return suffix === undefined ? [] : [[suffix, own] as const];
  });
  return [
    ...described(null, standard, path, environment),
    ...others.flatMap(([suffix, own]) => described(suffix, { ...standard, ...own }, path, environment)),
  ];
}

/** The password of the group that describes this very login, else the one that the clients send wherever they go. */
export function filedPassword(connection: MysqlConnection, environment: NodeJS.ProcessEnv): string | null {
  const same = optionFileConnections(environment).find(
    (each) => each.password !== null && isSameLogin(each.connection, connection),
  );
  if (same) return same.password;
  const text = readClientFile(join(homeOf(environment), '.my.cnf'));
  return text === null ? null : passwordFrom(text);
}

/** The password for all clients in the text of an option file. */
export function passwordFrom(text: string): string | null {
  return groupsOf(text).common.password || null;
}

function described(
  group: string | null,
  options: Options,
  from: string,
  environment: NodeJS.ProcessEnv,
): FileConnection<MysqlConnection>[] {
  if (!options.user && !options.database && !options.host && !options.socket) return [];
  const connection = connectionOf(options, environment);
  if (!connection) return [];
  const name = group ?? `${connection.database || connection.user} on ${connection.host}`;
  return [{ name, connection, password: options.password || null, from }];
}

function connectionOf(options: Options, environment: NodeJS.ProcessEnv): MysqlConnection | null {
  const user = options.user || systemUser(environment);
  const port = Number(options.port ?? DEFAULTS.port);
  if (!user || !(Number.isInteger(port) && port >= 1 && port <= 65_535)) return null;
  const ca = options['ssl-ca'];
  const local = !options.host || options.host === 'localhost';
  return {
    family: 'mysql',
    // The clients take the socket for the local machine only.
    host: local && options.socket?.startsWith('/') ? options.socket : options.host || DEFAULTS.host,
    port,
    user,
    database: options.database ?? '',
    tls: { mode: tlsModeNamed(options['ssl-mode'] ?? '') ?? DEFAULTS.tls.mode, ...(ca ? { ca } : {}) },
    connectTimeout: DEFAULTS.connectTimeout,
  };
}

function groupsOf(text: string): { readonly common: Options; readonly named: ReadonlyMap<string, Options> } {
  let common: Options = {};
  const named = new Map<string, Options>();
  for (const { name, lines } of sectionsOf(text)) {
    const options = optionsOf(lines);
    if (COMMON_GROUPS.includes(name)) common = { ...common, ...options };
    else named.set(name, { ...named.get(name), ...options });
  }
  return { common, named };
}

/** Option names may be written with _ for -. */
function optionsOf(lines: readonly string[]): Options {
  const pairs = lines.flatMap((line) => {
    const [, key, value] = /^\s*([\w-]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    return key === undefined || value === undefined ? [] : [[key.replaceAll('_', '-'), optionValue(value)] as const];
  });
  return Object.fromEntries(pairs);
}

function optionValue(text: string): string {
  const quoted = /^(["'])(.*?)(?<!\\)\1\s*(?:#.*)?$/.exec(text);
  // Without quotes a # begins a comment.
  return unescaped(quoted ? quoted[2]! : text.replace(/\s+#.*$/, ''));
}

const ESCAPES: Readonly<Record<string, string>> = { b: '\b', t: '\t', n: '\n', r: '\r', s: ' ' };

function unescaped(text: string): string {
  return text.replace(/\\([btnrs"'\\])/g, (_, character: string) => ESCAPES[character] ?? character);
}

function isSameLogin(a: MysqlConnection, b: MysqlConnection): boolean {
  return a.host === b.host && a.port === b.port && a.user === b.user;
}
