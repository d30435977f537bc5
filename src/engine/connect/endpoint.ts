// From a URL that a person typed to a connection that can be opened, and the question whether two are one database.

import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Endpoint } from '../../shared/contract.ts';
import { DroverError } from '../../shared/errors.ts';
import type { Access, Connection, Family, SshTunnel } from '../../shared/model/connection.ts';
import type { Dialect, UrlForm } from '../dialects/dialect.ts';
import type { PasswordPorts } from './ports.ts';
import type { Tunnels } from './tunnels.ts';

export interface ParsedUrl {
  /** Without password: what is saved, shown and logged. */
  readonly url: string;
  readonly connection: Connection;
  /** The password that stood in the URL. */
  readonly password: string | null;
  /** The password that the clients' own files and variables hold. */
  readonly ambientPassword: string | null;
  /** False for files. */
  readonly hasPassword: boolean;
}

export interface Opened {
  readonly dialect: Dialect;
  readonly access: Access;
  readonly url: string;
}

/** The families there are: their URLs, and the way to a dialect. */
export interface Families {
  readonly forms: Readonly<Record<Family, UrlForm>>;
  readonly load: (family: Family) => Promise<Dialect>;
}

/** Throws `connect.unknown-scheme` and `connect.bad-url`. */
export function parseUrl(url: string, forms: Families['forms'], environment: NodeJS.ProcessEnv): ParsedUrl {
  const form = formOf(url, Object.values(forms));
  const { connection, password } = form.parse(url);
  return {
    url: form.format(connection),
    connection,
    password,
    ambientPassword: form.ambientPassword(connection, environment),
    hasPassword: form.hasPassword,
  };
}

export interface OpeningPorts extends PasswordPorts {
  readonly tunnels: Tunnels;
}

/** The password given beside the URL wins over the one inside it, then what the host keeps, then the clients' files. */
export async function resolveEndpoint(endpoint: Endpoint, families: Families, ports: OpeningPorts): Promise<Opened> {
  const { url, connection, password, ambientPassword } = parseUrl(endpoint.url, families.forms, ports.environment);
  const given = endpoint.password ?? password;
  const via = await ports.tunnels.entranceTo(connection);
  return {
    dialect: await families.load(connection.family),
    url,
    access: {
      connection,
      password: given ?? (await ports.passwordOf?.(url)) ?? ambientPassword,
      ...(via ? { via } : {}),
    },
  };
}

/** Whether both connections lead to one and the same place, as far as their addresses tell. */
export function isSameDatabase(a: Connection, b: Connection): boolean {
  return placeOf(a) === placeOf(b);
}

function formOf(url: string, forms: readonly UrlForm[]): UrlForm {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase();
  const form = forms.find((candidate) => scheme !== undefined && candidate.schemes.includes(scheme));
  if (form) return form;
  const known = forms.flatMap((each) => each.schemes).map((each) => `${each}:`);
  throw new DroverError(
    'connect.unknown-scheme',
    scheme ? `Drover does not know ${scheme}: databases.` : 'This is not a database URL.',
    { hint: `Begin the URL with one of ${known.join(', ')}, for example postgres://user@host:5432/database.` },
  );
}

function placeOf(connection: Connection): string {
  if (connection.family === 'sqlite') return `sqlite:${realPath(connection.path)}`;
  const host = hostOf(connection);
  const inside = connection.family === 'postgres' ? `${connection.database}/${connection.schema}` : connection.database;
  return `${connection.family}:${host}:${connection.port}/${inside}`;
}

/** What an SSH host calls local is that host. */
function hostOf({ host, ssh }: { readonly host: string; readonly ssh?: SshTunnel | undefined }): string {
  const local = ['localhost', '127.0.0.1', '::1', '[::1]'].includes(host.toLowerCase());
  if (local && ssh) return hostOf({ host: ssh.host });
  return local ? '127.0.0.1' : host.toLowerCase();
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}
