// What an account lacks to read a source or to load into a target, in words.

import type { MissingPrivilege } from '../session.ts';
import type { Link } from './connection.ts';
import { type ServerError, statementError } from './errors.ts';
import { qualified } from './syntax.ts';

const TABLES_PER_STATEMENT = 40;
/** Needed on the user's database and on those of a run. */
const LOADING = ['SELECT', 'INSERT', 'UPDATE', 'CREATE', 'ALTER', 'DROP', 'INDEX', 'REFERENCES'];

export async function missingPrivileges(
  link: Link,
  use: 'read' | 'load',
  tables: readonly string[] | 'all',
): Promise<MissingPrivilege[]> {
  if (use === 'load') return unloadable(link);
  return unreadable(link, tables === 'all' ? await tablesOf(link) : tables);
}

async function tablesOf(link: Link): Promise<string[]> {
  const rows = await link.query(
    `SELECT TABLE_NAME AS name FROM information_schema.TABLES
     WHERE TABLE_SCHEMA = ? AND TABLE_TYPE IN ('BASE TABLE', 'SYSTEM VERSIONED') ORDER BY TABLE_NAME`,
    [link.database],
  );
  return rows.map(({ name }) => String(name));
}

/** Asked by trying: grants on columns, roles and views can't be judged from outside. */
async function unreadable(link: Link, tables: readonly string[]): Promise<MissingPrivilege[]> {
  const missing: MissingPrivilege[] = [];
  for (let i = 0; i < tables.length; i += TABLES_PER_STATEMENT) {
    const group = tables.slice(i, i + TABLES_PER_STATEMENT);
    if (await readable(link, group)) continue;
    for (const table of group) {
      if (await readable(link, [table])) continue;
      missing.push({
        message: `This account may not read ${table}.`,
        remedy: `GRANT SELECT ON ${qualified(link.database, table)} TO the account, or leave the table out.`,
      });
    }
  }
  return missing;
}

async function readable(link: Link, tables: readonly string[]): Promise<boolean> {
  const reads = tables.map((table) => `(SELECT 1 FROM ${qualified(link.database, table)} LIMIT 0)`);
  try {
    await link.query(reads.join(' UNION ALL '));
    return true;
  } catch (error) {
    if ([1142, 1143, 1044].includes((error as ServerError).errno ?? 0)) return false;
    throw statementError(error, { what: 'The privileges of this account can’t be checked', code: 'inspect.failed' });
  }
}

async function unloadable(link: Link): Promise<MissingPrivilege[]> {
  const grants = (await link.query('SHOW GRANTS')).map((row) => String(Object.values(row)[0]));
  const held = grants.map(parseGrant).filter((grant) => grant !== null);
  const missing: MissingPrivilege[] = [];
  for (const [database, words, pattern] of [
    [link.database, `the database ${link.database}`, link.database],
    ['drover_000000000000', 'databases named drover_…, in which Drover stages the new tables', 'drover\\_%'],
  ] as const) {
    const lacking = LOADING.filter((privilege) => !held.some((grant) => covers(grant, database, privilege)));
    if (lacking.length === 0) continue;
    missing.push({
      message: `This account lacks ${lacking.join(', ')} on ${words}.`,
      remedy: `GRANT ${lacking.join(', ')} ON \`${pattern}\`.* TO the account.`,
    });
  }
  return missing;
}

export interface Grant {
  readonly privileges: readonly string[];
  /** A database name with the wildcards % and _, or * for all. */
  readonly database: string;
}

/** A line of SHOW GRANTS; null for roles, proxies and grants on single tables. */
export function parseGrant(line: string): Grant | null {
  const match = /^GRANT (.+?) ON (?:(\*)|[`"](.+?)[`"])\.\* TO /i.exec(line);
  if (!match) return null;
  const privileges = match[1]!.split(',').map((privilege) => privilege.trim().toUpperCase());
  return { privileges, database: match[2] ?? match[3]!.replaceAll('``', '`') };
}

export function covers(grant: Grant, database: string, privilege: string): boolean {
  const all = grant.privileges.includes('ALL PRIVILEGES') || grant.privileges.includes('ALL');
  if (!all && !grant.privileges.includes(privilege)) return false;
  if (grant.database === '*' || grant.database === database) return true;
  const pattern = grant.database.replace(/\\?[%_]|[.*+?^${}()|[\]\\]/g, (part) =>
    part === '%' ? '.*' : part === '_' ? '.' : part === '\\%' ? '%' : part === '\\_' ? '_' : `\\${part}`,
  );
  return new RegExp(`^${pattern}$`, 's').test(database);
}
