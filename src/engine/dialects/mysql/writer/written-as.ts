// As what the values of a column reach MySQL: the literals, and both kernels that write rows, follow this.

import type { TargetColumn } from '../../../../shared/model/plan.ts';
import { type NativeType, nativeType } from '../type-parse.ts';

export type WrittenAs =
  | { readonly as: 'number'; readonly integer: 'signed' | 'unsigned' | null }
  | { readonly as: 'double' }
  /** Digits 0 and 1. */
  | { readonly as: 'bits' }
  /** `fixed`: so many bytes, to which the column pads shorter values; 0 where it takes them as they are. */
  | { readonly as: 'bytes'; readonly fixed: number }
  /** `digits`: of a second, as many as the column keeps. */
  | { readonly as: 'moment'; readonly digits: number }
  | { readonly as: 'label'; readonly labels: readonly string[] }
  | { readonly as: 'labels'; readonly labels: readonly string[] }
  /** `rest`: what the column's type says behind its name. */
  | { readonly as: 'shape'; readonly rest: string }
  | { readonly as: 'text' };

const INTEGERS = ['tinyint', 'smallint', 'mediumint', 'int', 'bigint'];
const MOMENTS = ['time', 'datetime', 'timestamp'];
const TEXT: WrittenAs = { as: 'text' };

export function writtenAs({ logical, native }: TargetColumn): WrittenAs {
  const type = nativeType(native);
  switch (logical.kind) {
    case 'boolean':
    case 'integer':
      return { as: 'number', integer: integer(type) };
    case 'decimal':
      return { as: 'number', integer: null };
    case 'float':
      return { as: 'double' };
    case 'bit':
      return type?.name === 'bit' ? { as: 'bits' } : TEXT;
    case 'binary':
      return { as: 'bytes', fixed: type?.name === 'binary' ? (type.numbers[0] ?? 1) : 0 };
    case 'time':
    case 'timestamp':
      return type && MOMENTS.includes(type.name) ? { as: 'moment', digits: type.numbers[0] ?? 0 } : TEXT;
    case 'enum':
      return type?.name === 'enum' ? { as: 'label', labels: type.labels } : TEXT;
    case 'set':
      return type?.name === 'set' ? { as: 'labels', labels: type.labels } : TEXT;
    case 'geometry':
      return { as: 'shape', rest: type?.rest ?? '' };
    case 'text':
    case 'date':
    case 'interval':
    case 'uuid':
    case 'json':
    case 'array':
    case 'opaque':
      return TEXT;
  }
}

function integer(type: NativeType | null): 'signed' | 'unsigned' | null {
  if (!type || !INTEGERS.includes(type.name)) return null;
  return type.unsigned ? 'unsigned' : 'signed';
}
