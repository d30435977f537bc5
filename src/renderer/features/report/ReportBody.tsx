// A report that is there: verdicts on top, below them one tab for each kind of evidence.

import { Tabs } from '@mantine/core';
import { count } from '../../../shared/format.ts';
import type { ReportOverview } from '../../../shared/model/report-page.ts';
import type { RunSummary } from '../../../shared/model/run.ts';
import { useFrom } from '../../client/use-from.ts';
import { Backups } from './backups/Backups.tsx';
import { RollbackResult } from './backups/RollbackResult.tsx';
import { Decisions } from './decisions/Decisions.tsx';
import { Differences } from './differences/Differences.tsx';
import { Evidence } from './evidence/Evidence.tsx';
import { Origin } from './origin/Origin.tsx';
import { PrintSheet } from './print/PrintSheet.tsx';
import { Quarantine } from './quarantine/Quarantine.tsx';
import classes from './report.module.css';
import { reporting } from './report-store.ts';
import { SignOff } from './signatures/SignOff.tsx';
import { Verdicts } from './verdict/Verdicts.tsx';

export interface ReportBodyProps {
  readonly report: ReportOverview;
  readonly summary: RunSummary | null;
}

export function ReportBody({ report, summary }: ReportBodyProps): React.JSX.Element {
  const verification = useFrom(reporting, (state) => state.verification);
  const evidenceOf = useFrom(reporting, (state) => state.evidenceOf);
  const exportError = useFrom(reporting, (state) => state.exportError);
  const shown = evidenceOf === 'verification' && verification.state === 'done' ? verification.result : report;
  const { quarantined } = report.tables;
  return (
    <div className={classes.body}>
      <Verdicts {...{ report, summary, verification, evidenceOf, exportError }} />
      <RollbackResult />
      <Tabs defaultValue="evidence" className={classes.tabs} classNames={{ panel: classes.tab ?? '' }}>
        <Tabs.List>
          <Tabs.Tab value="evidence">Evidence</Tabs.Tab>
          <Tabs.Tab value="differences">Differences {count(shown.tables.differing)}</Tabs.Tab>
          <Tabs.Tab value="quarantine">Quarantine {quarantined > 0 ? count(quarantined) : ''}</Tabs.Tab>
          <Tabs.Tab value="decisions">Decisions {count(shown.findings)}</Tabs.Tab>
          <Tabs.Tab value="origin">How it was obtained</Tabs.Tab>
          <Tabs.Tab value="backups">
            Backups {count(summary?.state === 'published' ? report.backups.count : 0)}
          </Tabs.Tab>
          <Tabs.Tab value="signatures">Sign-off {count(report.signatures.length)}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="evidence">
          <Evidence key={shown.run} report={shown} />
        </Tabs.Panel>
        <Tabs.Panel value="differences">
          <Differences key={shown.run} report={shown} />
        </Tabs.Panel>
        <Tabs.Panel value="quarantine">
          <Quarantine report={report} summary={summary} />
        </Tabs.Panel>
        <Tabs.Panel value="decisions">
          <Decisions report={shown} />
        </Tabs.Panel>
        <Tabs.Panel value="origin">
          <Origin report={shown} />
        </Tabs.Panel>
        <Tabs.Panel value="backups">
          <Backups report={report} summary={summary} />
        </Tabs.Panel>
        <Tabs.Panel value="signatures">
          <SignOff report={report} />
        </Tabs.Panel>
      </Tabs>
      <PrintSheet report={shown} summary={summary} />
    </div>
  );
}
