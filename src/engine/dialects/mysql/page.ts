// How much of a page a row may take: InnoDB refuses tables of which a row could take more than half of one.

import type { Server } from '../../../shared/model/connection.ts';
import type { TargetColumn, TargetTable } from '../../../shared/model/plan.ts';
import type { PageUse } from '../ddl.ts';
import { isMariaDb } from './capabilities.ts';
import { isLarge, isTextual, type NativeType, nativeType } from './type-parse.ts';

/** Of pages of 16 kB, which is what servers have unless they were set up otherwise. */
const MOST = 8125;
/** The record's head, transaction and roll pointer. */
const OVERHEAD = 5 + 6 + 7;

/** As both products count it when a table is made, found by trial on MySQL 9 and MariaDB 10.11. */
export function pageUse({ columns }: TargetTable, server: Server): PageUse {
  const stored = columns.filter(({ generated }) => !generated || generated.stored);
  const nullable = stored.filter((column) => column.nullable).length;
  const sizes = stored.map((column) => bytesInPage(column, server));
  return {
    bytes: OVERHEAD + Math.ceil(nullable / 8) + sizes.reduce((sum, size) => sum + size, 0),
    most: MOST,
    // Where values may lie elsewhere, little is left of them in the page.
    heaviest: stored.filter((_, i) => sizes[i]! > 64).map(({ name }) => name),
  };
}

function bytesInPage({ native }: TargetColumn, server: Server): number {
  const type = nativeType(native);
  if (!type) return 0;
  const fixed = fixedBytes(type);
  if (fixed !== null) return fixed;
  const most = isLarge(type) ? Number.POSITIVE_INFINITY : (type.numbers[0] ?? 1) * bytesPerCharacter(type);
  if (isMariaDb(server)) return most > 255 ? 21 : most + 1;
  return most >= 40 ? 41 : most + 1;
}

/** With a character set of its own a text may take less; what is counted is certain. */
function bytesPerCharacter(type: NativeType): number {
  return isTextual(type) && !/\b(charset|character set)\b/i.test(type.rest) ? 4 : 1;
}

const FIXED: Readonly<Record<string, number>> = {
  tinyint: 1,
  smallint: 2,
  mediumint: 3,
  int: 4,
  bigint: 8,
  float: 4,
  double: 8,
  date: 3,
  year: 1,
  uuid: 16,
  inet4: 4,
  inet6: 16,
};

/** Null where the length of a value counts. */
function fixedBytes({ name, numbers, labels }: NativeType): number | null {
  const [first = 0, scale = 0] = numbers;
  switch (name) {
    case 'binary':
      return numbers.length > 0 ? first : 1;
    case 'decimal':
      return numbers.length > 0 ? digitBytes(first - scale) + digitBytes(scale) : digitBytes(10);
    case 'datetime':
      return 5 + Math.ceil(first / 2);
    case 'timestamp':
      return 4 + Math.ceil(first / 2);
    case 'time':
      return 3 + Math.ceil(first / 2);
    case 'bit':
      return Math.ceil((numbers.length > 0 ? first : 1) / 8);
    case 'enum':
      return labels.length > 255 ? 2 : 1;
    case 'set':
      return labels.length > 32 ? 8 : Math.ceil(labels.length / 8);
    default:
      return FIXED[name] ?? null;
  }
}

/** Nine digits take four bytes. */
function digitBytes(digits: number): number {
  return Math.floor(digits / 9) * 4 + Math.ceil((digits % 9) / 2);
}
