// CHECK constraints of all tables, among them those by which MariaDB makes a text column JSON.

import type { Check } from '../../../../shared/model/catalog.ts';
import { byText } from '../../ordered.ts';
import type { Link, Row } from '../connection.ts';
import { plainExpression } from '../expression-text.ts';

export interface ReadCheck extends Check {
  /** The column that this check makes JSON; null for all other checks. */
  readonly json: string | null;
}

type Checks = ReadonlyMap<string, ReadCheck[]>;

export async function readChecks(link: Link): Promise<Checks> {
  const { server } = link;
  if (server.variant === 'MySQL' && server.versionNumber < 80_016) return new Map();
  const rows = server.variant === 'MariaDB' ? await mariaChecks(link) : await mysqlChecks(link);
  const checks = new Map<string, ReadCheck[]>();
  for (const row of byText(rows, 'tab', 'name')) {
    const table = String(row.tab);
    const expression = plainExpression(String(row.clause), server.variant);
    const json = server.variant === 'MariaDB' ? /^json_valid\(`((?:[^`]|``)+)`\)$/i.exec(expression) : null;
    const list = checks.get(table) ?? [];
    list.push({ name: String(row.name), expression, json: json?.[1]?.replaceAll('``', '`') ?? null });
    checks.set(table, list);
  }
  return checks;
}

function mariaChecks({ query, database }: Link): Promise<Row[]> {
  return query(
    `SELECT TABLE_NAME AS tab, CONSTRAINT_NAME AS name, CHECK_CLAUSE AS clause
     FROM information_schema.CHECK_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = ?`,
    [database],
  );
}

/** MySQL keeps clause and table apart. Joined by the server, the two views take a minute for 1,000 tables. */
async function mysqlChecks({ query, database }: Link): Promise<Row[]> {
  const clauses = await query(
    `SELECT CONSTRAINT_NAME AS name, CHECK_CLAUSE AS clause
     FROM information_schema.CHECK_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = ?`,
    [database],
  );
  const clauseOf = new Map(clauses.map((row) => [row.name, row.clause]));
  const owners = await query(
    `SELECT TABLE_NAME AS tab, CONSTRAINT_NAME AS name FROM information_schema.TABLE_CONSTRAINTS
     WHERE CONSTRAINT_SCHEMA = ? AND CONSTRAINT_TYPE = 'CHECK' AND ENFORCED = 'YES'`,
    [database],
  );
  return owners.map((row) => ({ ...row, clause: clauseOf.get(row.name) ?? '' }));
}

/** By table, the columns that are JSON by a check. */
export function jsonChecks(checks: Checks): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(
    [...checks].map(([table, list]) => [
      table,
      new Set(list.flatMap((check) => (check.json === null ? [] : [check.json]))),
    ]),
  );
}
