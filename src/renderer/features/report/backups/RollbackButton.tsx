// "Roll back to before": opens the dialog that names what would happen.

import { Button } from '@mantine/core';
import { IconRotate2 } from '@tabler/icons-react';
import { useState } from 'react';
import type { ReportOverview } from '../../../../shared/model/report-page.ts';
import type { RunSummary } from '../../../../shared/model/run.ts';
import { reporting } from '../report-store.ts';
import { RollbackDialog } from './RollbackDialog.tsx';

export interface RollbackButtonProps {
  readonly report: ReportOverview;
  readonly summary: RunSummary | null;
}

export function RollbackButton({ report, summary }: RollbackButtonProps): React.JSX.Element | null {
  const [open, setOpen] = useState(false);
  if (summary?.state !== 'published') return null;
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconRotate2 size={14} aria-hidden />}
        onClick={() => {
          reporting.setState({ rollback: { state: 'none' } });
          setOpen(true);
        }}
      >
        Roll back to before
      </Button>
      {open ? <RollbackDialog report={report} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
