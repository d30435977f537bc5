// A database's address for a line of a list: what it is called, and where it is.

export interface Address {
  readonly name: string;
  /** Host and port, or the folder of a file. */
  readonly place: string;
  readonly engine: string;
}

const engines: Readonly<Record<string, string>> = {
  postgres: 'PostgreSQL',
  postgresql: 'PostgreSQL',
  mysql: 'MySQL',
  mariadb: 'MariaDB',
  sqlite: 'SQLite',
  file: 'SQLite',
};

export function addressOf(url: string): Address {
  const [, scheme = '', rest = url] = /^([a-z][a-z0-9+.-]*):(.*)$/i.exec(url) ?? [];
  const engine = engines[scheme.toLowerCase()] ?? '';
  if (engine === 'SQLite') {
    const cut = Math.max(rest.lastIndexOf('/'), rest.lastIndexOf('\\'));
    return { engine, name: rest.slice(cut + 1), place: rest.slice(0, Math.max(cut, 0)) };
  }
  const [, host = '', database = ''] = /^\/\/(?:[^/?#]*@)?([^/?#]*)\/?([^?#]*)/.exec(rest) ?? [];
  return { engine, name: readable(database) || host || url, place: readable(host) };
}

function readable(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
