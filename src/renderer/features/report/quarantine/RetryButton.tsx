// "Retry…": what is still in quarantine is prepared as a run of its own; the steps before a run ask for the rest.

import { Button } from '@mantine/core';
import { useState } from 'react';
import { many } from '../../../../shared/format.ts';
import type { ReportOverview } from '../../../../shared/model/report-page.ts';
import { projectStore } from '../../../client/stores/project.ts';
import { isMappingOf, prepareRetry } from '../../../client/stores/retry.ts';
import { useFrom } from '../../../client/use-from.ts';

export interface RetryButtonProps {
  readonly report: ReportOverview;
  /** null: all. */
  readonly table: string | null;
  /** Those that are not resolved. */
  readonly rows: number;
  readonly onError: (thrown: unknown) => void;
}

export function RetryButton({ report, table, rows, onError }: RetryButtonProps): React.JSX.Element {
  const mended = useFrom(projectStore, ({ project }) => isMappingOf(project, report));
  const [preparing, setPreparing] = useState(false);

  async function prepare(): Promise<void> {
    onError(null);
    setPreparing(true);
    await prepareRetry(report, table).catch(onError);
    setPreparing(false);
  }

  return (
    <Button
      variant="default"
      loading={preparing}
      title={`Reads ${many(rows, 'row')} again by the mapping ${mended ? 'that is open' : 'that the run had'}, and adds them to what it has published`}
      onClick={() => void prepare()}
    >
      Retry…
    </Button>
  );
}
