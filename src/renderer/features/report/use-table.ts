// All that a report knows of one table, fetched when it is looked at.

import { useEffect, useState } from 'react';
import type { DroverErrorData } from '../../../shared/errors.ts';
import type { TableReport } from '../../../shared/model/report.ts';
import { engine } from '../../client/engine.ts';
import { useFailure } from './use-failure.ts';

export interface TableRead {
  /** null while it is on its way. */
  readonly table: TableReport | null;
  readonly error: DroverErrorData | null;
}

export function useTable(run: string, name: string): TableRead {
  const [table, setTable] = useState<TableReport | null>(null);
  const [error, fail] = useFailure();
  useEffect(() => {
    let left = false;
    engine.call('report.table', { run, table: name }).then(
      (read) => left || setTable(read),
      (thrown: unknown) => left || fail(thrown),
    );
    return () => {
      left = true;
    };
  }, [run, name, fail]);
  return { table, error };
}
