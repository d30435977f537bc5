// The screen Report: the verdict of a run in words, then the evidence, then what can be done about it.

import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { go } from '../../client/stores/navigation.ts';
import { projectStore } from '../../client/stores/project.ts';
import { runStore } from '../../client/stores/run.ts';
import { useFrom } from '../../client/use-from.ts';
import { Screen } from '../../ui/layout/Screen.tsx';
import { RunDeeds } from '../../ui/recovery/RunDeeds.tsx';
import { EmptyState } from '../../ui/state/EmptyState.tsx';
import { Actions } from './Actions.tsx';
import { ReportBody } from './ReportBody.tsx';
import { openReport, reporting } from './report-store.ts';
import { Unreported } from './verdict/Unreported.tsx';

export function ReportScreen({ run }: { readonly run: string | null }): React.JSX.Element {
  const opened = useFrom(reporting, (state) => state.opened);
  const over = useFrom(runStore, ({ progress }) => progress.finished !== null);
  const visit = useFrom(projectStore, (state) => state.visit);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a run that ends meanwhile has its report now; another migration has another
  useEffect(() => void openReport(run), [run, over, visit]);

  switch (opened.state) {
    case 'finding':
      return (
        <Screen title="Report">
          <p role="status" className="quiet" style={{ padding: 16, margin: 0 }}>
            Reading the report…
          </p>
        </Screen>
      );
    case 'none':
      return (
        <Screen title="Report">
          <EmptyState title="No run yet" action={<Button onClick={() => go({ at: 'plan' })}>Go to Plan</Button>}>
            After a run this page tells whether every row arrived, with counts and checksums of each table, and lets you
            sign, export and roll back.
          </EmptyState>
        </Screen>
      );
    case 'running':
      return (
        <Screen title="Report">
          <EmptyState title="The run goes on" action={<Button onClick={() => go({ at: 'run' })}>Watch the run</Button>}>
            Its report is written when it ends, however it ends.
          </EmptyState>
        </Screen>
      );
    case 'missing':
      return (
        <Screen title="Report" page actions={opened.summary ? <RunDeeds run={opened.summary} /> : null}>
          <Unreported summary={opened.summary} error={opened.error} />
        </Screen>
      );
    case 'ready': {
      const { report, summary } = opened;
      return (
        <Screen
          title="Report"
          facts={
            <>
              <span className="ellipsis">{report.project}</span>
              <span className="mono ellipsis">run {report.run}</span>
            </>
          }
          actions={<Actions report={report} summary={summary} />}
        >
          <ReportBody report={report} summary={summary} />
        </Screen>
      );
    }
  }
}
