// The rows that a run kept aside, page after page as far as somebody asks for them.

import { useCallback, useEffect, useState } from 'react';
import type { DroverErrorData } from '../../../../shared/errors.ts';
import type { QuarantinedRow, QuarantinePage } from '../../../../shared/model/quarantine.ts';
import { engine } from '../../../client/engine.ts';
import { failureOf } from '../../../client/failure.ts';

const PAGE = 1000;

export interface QuarantineRead {
  readonly tables: QuarantinePage['tables'];
  readonly rows: readonly QuarantinedRow[];
  readonly total: number;
  readonly error: DroverErrorData | null;
  readonly reading: boolean;
  /** Reads the next page. */
  readonly more: () => void;
}

/** `table` null: of all tables. */
export function useQuarantine(run: string, table: string | null): QuarantineRead {
  const [read, setRead] = useState<QuarantinePage>({ tables: [], rows: [] });
  const [error, setError] = useState<DroverErrorData | null>(null);
  const [wanted, setWanted] = useState(PAGE);
  const [reading, setReading] = useState(true);

  useEffect(() => {
    let left = false;
    setReading(true);
    engine.call('run.quarantine', { run, table, offset: wanted - PAGE, limit: PAGE }).then(
      ({ tables, rows }) => {
        if (left) return;
        setRead((before) => ({ tables, rows: wanted === PAGE ? rows : [...before.rows, ...rows] }));
        setReading(false);
      },
      (thrown: unknown) => {
        if (left) return;
        setError(failureOf(thrown));
        setReading(false);
      },
    );
    return () => {
      left = true;
    };
  }, [run, table, wanted]);

  const more = useCallback(() => setWanted((before) => before + PAGE), []);
  const counted = read.tables.filter((each) => table === null || each.table === table);
  const total = counted.reduce((sum, { rows }) => sum + rows, 0);
  return { ...read, total, error, reading, more };
}
