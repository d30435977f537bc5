// Target tables for the suite, as a plan would describe them.

import type { Types } from '../../src/engine/dialects/ddl.ts';
import type { Family } from '../../src/shared/model/connection.ts';
import type { TargetColumn, TargetTable } from '../../src/shared/model/plan.ts';

export function columnOf(types: Types, name: string, native: string, rest: Partial<TargetColumn> = {}): TargetColumn {
  const logical = types.parse(native);
  if (!logical) throw new Error(`the dialect does not know its own type ${native}`);
  return {
    name,
    native,
    logical,
    nullable: true,
    default: null,
    identity: null,
    generated: null,
    touchedOnUpdate: false,
    binaryCollation: false,
    comment: null,
    ...rest,
  };
}

export function tableOf(name: string, columns: TargetColumn[], rest: Partial<TargetTable> = {}): TargetTable {
  return {
    name,
    columns,
    primaryKey: null,
    uniques: [],
    indexes: [],
    foreignKeys: [],
    checks: [],
    comment: null,
    ...rest,
  };
}

/** A type of each family for what the suite needs. */
export const NATIVE: Readonly<Record<Family, Readonly<Record<'id' | 'name' | 'text' | 'price' | 'moment', string>>>> = {
  postgres: { id: 'bigint', name: 'varchar(50)', text: 'text', price: 'numeric(10,2)', moment: 'timestamp(6)' },
  mysql: { id: 'bigint', name: 'varchar(50)', text: 'longtext', price: 'decimal(10,2)', moment: 'datetime(6)' },
  sqlite: { id: 'INTEGER', name: 'VARCHAR(50)', text: 'TEXT', price: 'DECIMAL(10,2)', moment: 'DATETIME' },
};
