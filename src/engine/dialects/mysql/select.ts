// The SELECT of a scan: each column in the form from which the batch's form follows, never `*`.

import type { Variant } from '../../../shared/model/connection.ts';
import type { LogicalType } from '../../../shared/model/logical-type.ts';
import type { ChunkRange } from '../../../shared/model/plan.ts';
import type { Scan } from '../reading.ts';
import { tableReference } from './names.ts';
import { condition, literal, quote } from './syntax.ts';
import { nativeType } from './type-parse.ts';

export function selectSql(scan: Scan, database: string, variant: Variant): string {
  const columns = scan.columns.map(({ name, native, logical }) =>
    readExpression(quote(name), native, logical, variant),
  );
  const conditions = [
    ...rangeConditions(scan.range),
    ...(scan.filter === null ? [] : [condition(scan.filter, scan.table.name)]),
  ];
  const where = conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : '';
  const order = scan.order?.length ? ` ORDER BY ${scan.order.map(quote).join(', ')}` : '';
  return `SELECT ${columns.join(', ') || '1'} FROM ${tableReference(scan.table, database)}${where}${order}${scan.glance ? ` LIMIT ${scan.glance.limit}` : ''}`;
}

/** A column as exact text; raw bytes for binary and BIT. */
export function readExpression(column: string, native: string, logical: LogicalType, variant: Variant): string {
  const type = nativeType(native);
  switch (logical.kind) {
    case 'boolean':
    case 'integer':
    case 'decimal':
      // A display width pads with zeros, a year has four digits: the number itself has neither.
      return type?.zerofill || type?.name === 'year' ? `${column} + 0` : column;
    case 'float':
      // As text FLOAT loses digits, and columns with a display scale are rounded; × 1 keeps −0, + 0 does not.
      return type?.name === 'double' && type.numbers.length === 0 ? column : `${column} * 1e0`;
    case 'geometry':
      // MySQL writes latitude first for geographic systems; everybody else writes longitude first.
      return variant === 'MySQL' ? `ST_AsText(${column}, 'axis-order=long-lat')` : `ST_AsText(${column})`;
    default:
      return column;
  }
}

function rangeConditions(range: ChunkRange): string[] {
  if (range.kind === 'all') return [];
  const column = quote(range.column);
  return [
    ...(range.after === null ? [] : [`${column} > ${bound(range.after)}`]),
    ...(range.upto === null ? [] : [`${column} <= ${bound(range.upto)}`]),
  ];
}

function bound(value: string): string {
  return /^-?\d+$/.test(value) ? value : literal(value);
}
