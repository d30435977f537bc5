// pgloader's addresses, written as Drover writes them.

import type { Scanner } from './scanner.ts';

export interface Address {
  /** null: nothing that Drover opens. */
  readonly url: string | null;
  readonly text: string;
  /** What of it means nothing here. */
  readonly left: readonly string[];
}

/** What GETENV and absent parts are filled from. */
export type Environment = Readonly<Record<string, string | undefined>>;

// In names and passwords a doubled @ or : stands for one.
const USER = String.raw`(?:((?:[^@:/\s?]|@@|::)+)(?::((?:[^@\s]|@@)*))?@)?`;
const HOST = String.raw`(unix:[\w/.-]*|\[[0-9a-f:]+\]|[\w.$%-]*)(?::(\d*))?`;
const NETWORK = new RegExp(
  String.raw`(mysql|mariadb|postgresql|postgres|pgsql|mssql):\/\/${USER}${HOST}(?:\/('[^']*'|"[^"]*"|[^\s?;,]*))?(?:\?([^\s;]*))?`,
  'iy',
);

export function address(scanner: Scanner, environment: Environment): Address | null {
  const before = scanner.at;
  const network = scanner.next(NETWORK);
  if (network) return fromNetwork(network, environment);
  const variable = scanner.words('getenv') ? scanner.next(/'([^']+)'|([\w]+)/y) : null;
  if (variable) return fromVariable(variable[1] ?? variable[2]!, environment, scanner);
  scanner.back(before);
  const file = scanner.next(
    /sqlite:(?:\/\/)?('[^']*'|"[^"]*"|[^\s;]+)|'([^']+)'|"([^"]+)"|(https?:\/\/[^\s;]+)|([./][^\s;]*|[^\s;:]+\.(?:db|sqlite3?))/iy,
  );
  if (!file) return null;
  if (file[4] !== undefined) return { url: null, text: file[4], left: [] };
  const path = unquoted(file[1] ?? file[2] ?? file[3] ?? file[5]!);
  return { url: `sqlite:${path}`, text: file[0], left: [] };
}

function fromVariable(name: string, environment: Environment, scanner: Scanner): Address {
  const text = environment[name];
  if (text === undefined) return scanner.fail(`the environment variable ${name}, which is not set,`);
  const found = new RegExp(NETWORK.source, 'iy').exec(text);
  return found
    ? fromNetwork(found, environment)
    : scanner.fail(`a database address in the environment variable ${name}`);
}

function fromNetwork(found: RegExpExecArray, environment: Environment): Address {
  const [, scheme = '', user, password, host = '', port, database = '', query = ''] = found;
  const kind = scheme.toLowerCase();
  const shown = `${kind}://${user === undefined ? '' : `${user}@`}${host}/${database}`;
  if (kind === 'mssql') return { url: null, text: shown, left: [] };
  const isMysql = kind === 'mysql' || kind === 'mariadb';
  const who = undoubled(user) ?? (isMysql ? undefined : environment.PGUSER) ?? environment.USER ?? 'root';
  const socket = /^unix:(.*)$/i.exec(host)?.[1];
  const options = optionsOf(query, isMysql);
  const parameters = [
    ...options.taken,
    ...(socket ? [`${isMysql ? 'socket' : 'host'}=${encodeURIComponent(socket)}`] : []),
  ];
  const key = password === undefined || password === '' ? '' : `:${encodeURIComponent(undoubled(password)!)}`;
  const at = `${socket === undefined && host !== '' ? host : 'localhost'}${port ? `:${port}` : ''}`;
  const name = encodeURIComponent(unquoted(database) || (isMysql ? '' : (environment.PGDATABASE ?? who)));
  const tail = parameters.length > 0 ? `?${parameters.join('&')}` : '';
  return {
    url: `${isMysql ? 'mysql' : 'postgres'}://${encodeURIComponent(who)}${key}@${at}/${name}${tail}`,
    text: shown,
    left: options.left,
  };
}

const MYSQL_MODES: Readonly<Record<string, string>> = {
  disable: 'disabled',
  false: 'disabled',
  allow: 'preferred',
  prefer: 'preferred',
  require: 'required',
  true: 'required',
};

function optionsOf(query: string, isMysql: boolean): { taken: string[]; left: string[] } {
  const taken: string[] = [];
  const left: string[] = [];
  for (const option of query.split('&').filter((each) => each !== '')) {
    const [, key = '', value = ''] = /^([^=]*)=?(.*)$/.exec(option)!;
    const isMode = /^(?:sslmode|usessl)$/i.test(key);
    const mode = value.toLowerCase();
    if (isMode && isMysql && MYSQL_MODES[mode]) taken.push(`ssl-mode=${MYSQL_MODES[mode]}`);
    else if (isMode && !isMysql) taken.push(`sslmode=${mode === 'allow' ? 'prefer' : mode}`);
    // Its value may be a secret.
    else left.push(`?${key}`);
  }
  return { taken, left };
}

function undoubled(text: string | undefined): string | undefined {
  return text?.replace(/@@/g, '@').replace(/::/g, ':');
}

function unquoted(text: string): string {
  return text.replace(/^(['"])(.*)\1$/s, '$2');
}
