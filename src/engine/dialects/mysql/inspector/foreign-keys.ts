// Foreign keys of all tables.

import { type ForeignKey, referentialAction } from '../../../../shared/model/catalog.ts';
import { byText } from '../../ordered.ts';
import type { Link } from '../connection.ts';

export async function readForeignKeys(link: Link): Promise<ReadonlyMap<string, ForeignKey[]>> {
  const found = await link.query(
    `SELECT TABLE_NAME AS tab, CONSTRAINT_NAME AS name, DELETE_RULE AS onDelete, UPDATE_RULE AS onUpdate
     FROM information_schema.REFERENTIAL_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = ?`,
    [link.database],
  );
  const rules = byText(found, 'tab', 'name');
  if (rules.length === 0) return new Map();
  const parts = await link.query(
    `SELECT TABLE_NAME AS tab, CONSTRAINT_NAME AS name, COLUMN_NAME AS col,
       REFERENCED_TABLE_SCHEMA AS parentSchema, REFERENCED_TABLE_NAME AS parent, REFERENCED_COLUMN_NAME AS parentCol
     FROM information_schema.KEY_COLUMN_USAGE
     WHERE TABLE_SCHEMA = ? AND CONSTRAINT_SCHEMA = ? AND REFERENCED_TABLE_NAME IS NOT NULL
     ORDER BY ORDINAL_POSITION`,
    [link.database, link.database],
  );
  const keys = new Map<string, ForeignKey>();
  for (const rule of rules) {
    keys.set(JSON.stringify([rule.tab, rule.name]), {
      name: String(rule.name),
      columns: [],
      references: { schema: null, table: '', columns: [] },
      onDelete: action(rule.onDelete),
      onUpdate: action(rule.onUpdate),
      deferrable: false,
    });
  }
  for (const part of parts) {
    const key = keys.get(JSON.stringify([part.tab, part.name]));
    if (!key) continue;
    key.columns.push(String(part.col));
    key.references.columns.push(String(part.parentCol));
    key.references.table = String(part.parent);
    key.references.schema = part.parentSchema === link.database ? null : String(part.parentSchema);
  }
  const tables = new Map<string, ForeignKey[]>();
  for (const rule of rules) {
    const table = String(rule.tab);
    tables.set(table, [...(tables.get(table) ?? []), keys.get(JSON.stringify([rule.tab, rule.name]))!]);
  }
  return tables;
}

function action(rule: unknown): ForeignKey['onDelete'] {
  const parsed = referentialAction.safeParse(String(rule).toLowerCase());
  return parsed.success ? parsed.data : 'no action';
}
