// What Drover lists and does not carry: views, triggers, routines, events, sequences.

import type { NamedObject } from '../../../../shared/model/catalog.ts';
import { compareText } from '../../ordered.ts';
import type { Link } from '../connection.ts';

export async function readObjects(link: Link): Promise<NamedObject[]> {
  const rows = await link.query(
    `SELECT 'view' AS kind, TABLE_NAME AS name, NULL AS tab FROM information_schema.VIEWS WHERE TABLE_SCHEMA = ?
     UNION ALL
     SELECT 'trigger', TRIGGER_NAME, EVENT_OBJECT_TABLE FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = ?
     UNION ALL
     SELECT 'routine', ROUTINE_NAME, NULL FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = ?
     UNION ALL
     SELECT 'event', EVENT_NAME, NULL FROM information_schema.EVENTS WHERE EVENT_SCHEMA = ?
     UNION ALL
     SELECT 'sequence', TABLE_NAME, NULL FROM information_schema.TABLES
       WHERE TABLE_SCHEMA = ? AND TABLE_TYPE = 'SEQUENCE'`,
    Array(5).fill(link.database),
  );
  return rows
    .map((row) => ({
      kind: row.kind as NamedObject['kind'],
      name: String(row.name),
      table: row.tab === null ? null : String(row.tab),
    }))
    .sort((a, b) => compareText(a.kind, b.kind) || compareText(a.name, b.name));
}
