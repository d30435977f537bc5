// The form of one side: what stands in its fields, as text, and the connection that it makes.

import type { Connection, Family, SshTunnel, TlsMode } from '../../../shared/model/connection.ts';

export interface FormValues {
  readonly host: string;
  readonly port: string;
  readonly user: string;
  readonly database: string;
  /** PostgreSQL only. */
  readonly schema: string;
  readonly tls: TlsMode;
  readonly ca: string;
  readonly connectTimeout: number;
  readonly ssh: boolean;
  readonly sshHost: string;
  readonly sshPort: string;
  readonly sshUser: string;
  /** Empty: the agent is asked. */
  readonly sshKey: string;
  readonly sshHostKey: string;
  /** SQLite only. */
  readonly path: string;
}

export type Field = keyof FormValues;
/** What is wrong with a field, in a sentence. */
export type Problems = Readonly<Partial<Record<Field, string>>>;

export type Made =
  | { readonly ok: true; readonly connection: Connection }
  | { readonly ok: false; readonly problems: Problems };

const LARGEST_PORT = 65_535;

const ports: Readonly<Record<Family, string>> = { postgres: '5432', mysql: '3306', sqlite: '' };

export function emptyForm(family: Family): FormValues {
  return {
    host: 'localhost',
    port: ports[family],
    user: '',
    database: '',
    schema: 'public',
    tls: 'prefer',
    ca: '',
    connectTimeout: 10,
    ssh: false,
    sshHost: '',
    sshPort: '22',
    sshUser: '',
    sshKey: '',
    sshHostKey: '',
    path: '',
  };
}

export function connectionOf(family: Family, values: FormValues): Made {
  const problems = problemsOf(family, values);
  return Object.keys(problems).length > 0
    ? { ok: false, problems }
    : { ok: true, connection: assemble(family, values) };
}

export function formOf(connection: Connection): FormValues {
  const empty = emptyForm(connection.family);
  if (connection.family === 'sqlite') return { ...empty, path: connection.path };
  const { host, port, user, database, tls, connectTimeout, ssh } = connection;
  return {
    ...empty,
    host,
    port: String(port),
    user,
    database,
    schema: connection.family === 'postgres' ? connection.schema : empty.schema,
    tls: tls.mode,
    ca: tls.ca ?? '',
    connectTimeout,
    ...(ssh ? tunnelForm(ssh) : {}),
  };
}

/** The SSH host as far as it is known; null while a part of its address is missing. */
export function tunnelOf({ ssh, sshHost, sshPort, sshUser, sshKey, sshHostKey }: FormValues): SshTunnel | null {
  if (!ssh || sshHost === '' || sshUser === '' || !isPort(sshPort)) return null;
  return {
    host: sshHost,
    port: Number(sshPort),
    user: sshUser,
    ...(sshKey ? { key: sshKey } : {}),
    ...(sshHostKey ? { hostKey: sshHostKey } : {}),
  };
}

/** Whether certificates are checked in this mode, so that one may say by whom they must be signed. */
export function checksCertificates(mode: TlsMode): boolean {
  return mode === 'verify-ca' || mode === 'verify-full';
}

/** The fingerprint of a host's key that a message names. */
export function fingerprintIn(text: string): string | null {
  return /SHA256:[A-Za-z0-9+/]{43}/.exec(text)?.[0] ?? null;
}

function problemsOf(family: Family, values: FormValues): Problems {
  if (family === 'sqlite') return values.path === '' ? { path: 'Name the file.' } : {};
  return {
    ...(values.host === '' ? { host: 'Name the host.' } : {}),
    ...(isPort(values.port) ? {} : { port: `1 to ${LARGEST_PORT}.` }),
    ...(values.user === '' ? { user: 'Name the user.' } : {}),
    ...(values.database === '' ? { database: 'Name the database.' } : {}),
    ...(family === 'postgres' && values.schema === '' ? { schema: 'Name the schema.' } : {}),
    ...(values.ssh ? tunnelProblems(values) : {}),
  };
}

function tunnelProblems({ host, sshHost, sshPort, sshUser, sshHostKey }: FormValues): Problems {
  return {
    ...(host.startsWith('/') ? { host: 'A tunnel leads to a host, not to a socket.' } : {}),
    ...(sshHost === '' ? { sshHost: 'Name the SSH host.' } : {}),
    ...(isPort(sshPort) ? {} : { sshPort: `1 to ${LARGEST_PORT}.` }),
    ...(sshUser === '' ? { sshUser: 'Name the user.' } : {}),
    ...(sshHostKey === '' || /^SHA256:[A-Za-z0-9+/]{43}=?$/.test(sshHostKey)
      ? {}
      : { sshHostKey: 'SHA256: and 43 characters, as ssh-keygen -lf prints it.' }),
  };
}

function assemble(family: Family, values: FormValues): Connection {
  if (family === 'sqlite') return { family, path: values.path };
  const tunnel = tunnelOf(values);
  const network = {
    host: values.host,
    port: Number(values.port),
    user: values.user,
    database: values.database,
    tls: { mode: values.tls, ...(values.ca && checksCertificates(values.tls) ? { ca: values.ca } : {}) },
    connectTimeout: values.connectTimeout,
    ...(tunnel ? { ssh: tunnel } : {}),
  };
  return family === 'postgres' ? { ...network, family, schema: values.schema } : { ...network, family };
}

function tunnelForm({ host, port, user, key, hostKey }: SshTunnel): Partial<FormValues> {
  return {
    ssh: true,
    sshHost: host,
    sshPort: String(port),
    sshUser: user,
    sshKey: key ?? '',
    sshHostKey: hostKey ?? '',
  };
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= LARGEST_PORT;
}
