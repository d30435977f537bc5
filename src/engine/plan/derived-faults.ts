// What is wrong with the SQL of a mapping, as the source says it.

import { DroverError } from '../../shared/errors.ts';
import type { Catalog } from '../../shared/model/catalog.ts';
import type { Finding } from '../../shared/model/finding.ts';
import type { ColumnMapping, TableMapping } from '../../shared/model/mapping.ts';
import type { Dialect } from '../dialects/dialect.ts';
import type { Session } from '../dialects/session.ts';
import { finding } from './context.ts';

/** Whatever a derived table is asked, it is this session's source that describes it. */
export interface DerivingSource {
  readonly catalog: Catalog;
  readonly dialect: Dialect;
  readonly session: Pick<Session, 'describe'>;
}

export type Report = (finding: Finding) => void;

/** What the database says of it. A lost connection is no fault of the SQL. */
export function notTaken(
  code: 'map.bad-expression' | 'map.bad-query',
  message: string,
  mapping: TableMapping,
  column: ColumnMapping | null,
  error: unknown,
): Finding {
  if (!(error instanceof DroverError) || error.code.startsWith('connect.')) throw error;
  const { cause, hint } = error.data;
  return blocker(
    code,
    mapping,
    column,
    `${message}: ${cause ?? error.message}`,
    hint ?? 'Correct its SQL in the project.',
  );
}

export function blocker(
  code: 'map.bad-expression' | 'map.bad-query',
  { source }: TableMapping,
  column: ColumnMapping | null,
  message: string,
  remedy: string,
): Finding {
  const place = { side: 'project', table: source, ...(column ? { column: column.source } : {}) } as const;
  return finding('blocker', code, place, message, [remedy]);
}
