// CHECK constraints of all tables, among them those by which MariaDB makes a text column JSON.

import type { Check } from '../../../../shared/model/catalog.ts';
import type { Link } from '../connection.ts';
import { plainExpression } from '../expression-text.ts';

export interface ReadCheck extends Check {
  /** The column that this check makes JSON; null for all other checks. */
  readonly json: string | null;
}

type Checks = ReadonlyMap<string, ReadCheck[]>;

export async function readChecks(link: Link): Promise<Checks> {
  const { server, database } = link;
  if (server.variant === 'MySQL' && server.versionNumber < 80_016) return new Map();
  const rows = await link.query(
    server.variant === 'MariaDB'
      ? `SELECT TABLE_NAME AS tab, CONSTRAINT_NAME AS name, CHECK_CLAUSE AS clause
         FROM information_schema.CHECK_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = ? ORDER BY TABLE_NAME, CONSTRAINT_NAME`
      : `SELECT t.TABLE_NAME AS tab, c.CONSTRAINT_NAME AS name, c.CHECK_CLAUSE AS clause
         FROM information_schema.CHECK_CONSTRAINTS c
         JOIN information_schema.TABLE_CONSTRAINTS t
           ON t.CONSTRAINT_SCHEMA = c.CONSTRAINT_SCHEMA AND t.CONSTRAINT_NAME = c.CONSTRAINT_NAME
         WHERE c.CONSTRAINT_SCHEMA = ? AND t.CONSTRAINT_TYPE = 'CHECK' AND t.ENFORCED = 'YES'
         ORDER BY t.TABLE_NAME, c.CONSTRAINT_NAME`,
    [database],
  );
  const checks = new Map<string, ReadCheck[]>();
  for (const row of rows) {
    const table = String(row.tab);
    const expression = plainExpression(String(row.clause), server.variant);
    const json = server.variant === 'MariaDB' ? /^json_valid\(`((?:[^`]|``)+)`\)$/i.exec(expression) : null;
    const list = checks.get(table) ?? [];
    list.push({ name: String(row.name), expression, json: json?.[1]?.replaceAll('``', '`') ?? null });
    checks.set(table, list);
  }
  return checks;
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
