// The dialects that Drover speaks; adding one is a folder and two lines here.

import type { Family } from '../../shared/model/connection.ts';
import type { Dialect, UrlForm } from './dialect.ts';
import { url as mysqlUrl } from './mysql/url.ts';
import { url as postgresUrl } from './postgres/url.ts';
import { url as sqliteUrl } from './sqlite/url.ts';

/** How each family writes its URLs; reading one needs no driver. */
export const urlForms: Readonly<Record<Family, UrlForm>> = {
  postgres: postgresUrl,
  mysql: mysqlUrl,
  sqlite: sqliteUrl,
};

/** Loads a dialect with its driver. A run uses two at most, and each driver costs memory in every worker. */
export async function loadDialect(family: Family): Promise<Dialect> {
  switch (family) {
    case 'postgres':
      return (await import('./postgres/index.ts')).postgres;
    case 'mysql':
      return (await import('./mysql/index.ts')).mysql;
    case 'sqlite':
      return (await import('./sqlite/index.ts')).sqlite;
  }
}
