// Questions about the staged tables by their final names, before they are published.

import type { Database } from 'better-sqlite3';
import type { RunIdentity } from '../../session.ts';
import { stagedPrefix } from '../names.ts';
import { quote } from '../syntax.ts';

/** Rows of a SELECT in which staged tables go before those that stand there: views of this connection alone. */
export function countStaged(db: Database, run: RunIdentity, query: string): number {
  const prefix = stagedPrefix(run);
  const names = db.prepare("SELECT name FROM main.sqlite_schema WHERE type = 'table'").pluck().all() as string[];
  const staged = names.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
  for (const name of staged) {
    db.exec(`CREATE TEMP VIEW ${quote(name)} AS SELECT * FROM main.${quote(prefix + name)}`);
  }
  try {
    const statement = db.prepare(`SELECT count(*) FROM (${query}) AS broken`).pluck();
    return Number(statement.get());
  } finally {
    for (const name of staged) db.exec(`DROP VIEW temp.${quote(name)}`);
  }
}
