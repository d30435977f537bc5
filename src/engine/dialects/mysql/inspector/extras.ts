// What else is special about tables, and carried by no plan: listed, so that somebody can see to it.

import type { Table } from '../../../../shared/model/catalog.ts';
import { isMariaDb } from '../capabilities.ts';
import type { Link, Row } from '../connection.ts';

/** The first version of MySQL that holds checks at all. */
const CHECKS = 80_016;

type Extras = NonNullable<Table['extras']>;

export async function readExtras(link: Link): Promise<ReadonlyMap<string, Extras>> {
  const extras = new Map<string, Extras>();
  for (const { tab, what, physical } of await rowsOf(link)) {
    const list = extras.get(String(tab)) ?? [];
    list.push({ what: String(what), physical: Number(physical) === 1 });
    extras.set(String(tab), list);
  }
  return extras;
}

/** One after the other: joined by the server, views of the catalogue are slow. */
async function rowsOf(link: Link): Promise<Row[]> {
  const maria = isMariaDb(link.server);
  const hidden = maria ? "IGNORED = 'YES'" : "IS_VISIBLE = 'NO'";
  const questions = [
    `SELECT TABLE_NAME AS tab, 'the rows of its history' AS what, 0 AS physical
     FROM information_schema.TABLES WHERE TABLE_SCHEMA = ? AND TABLE_TYPE = 'SYSTEM VERSIONED'`,
    `SELECT TABLE_NAME AS tab, CONCAT('that its column ', COLUMN_NAME, ' is INVISIBLE') AS what, 0 AS physical
     FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = ? AND EXTRA LIKE '%INVISIBLE%' ORDER BY ORDINAL_POSITION`,
    `SELECT DISTINCT TABLE_NAME AS tab, CONCAT('that its index ', INDEX_NAME, ' is not to be used') AS what, 0 AS physical
     FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = ? AND ${hidden} ORDER BY 1, 2`,
    ...(maria || link.server.versionNumber < CHECKS
      ? []
      : [
          `SELECT TABLE_NAME AS tab, CONCAT('the check ', CONSTRAINT_NAME, ', which is NOT ENFORCED') AS what, 0 AS physical
           FROM information_schema.TABLE_CONSTRAINTS
           WHERE CONSTRAINT_SCHEMA = ? AND CONSTRAINT_TYPE = 'CHECK' AND ENFORCED = 'NO' ORDER BY 1, 2`,
        ]),
    `SELECT TABLE_NAME AS tab, TRIM(REPLACE(CREATE_OPTIONS, 'partitioned', '')) AS what, 1 AS physical FROM information_schema.TABLES
     WHERE TABLE_SCHEMA = ? AND TABLE_TYPE <> 'VIEW' AND CREATE_OPTIONS NOT IN ('', 'partitioned')`,
  ];
  const rows: Row[] = [];
  for (const question of questions) {
    rows.push(...(await link.query(question, [link.database])));
  }
  return rows;
}
