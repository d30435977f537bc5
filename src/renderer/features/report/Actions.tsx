// What can be done with a report: verify again, roll back, export.

import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useCallback } from 'react';
import type { ReportFormat } from '../../../shared/contract.ts';
import type { ReportOverview } from '../../../shared/model/report-page.ts';
import type { RunState, RunSummary } from '../../../shared/model/run.ts';
import { engine } from '../../client/engine.ts';
import { failureOf } from '../../client/failure.ts';
import { download, printPage } from '../../client/shell.ts';
import type { Deed } from '../../client/stores/recovery.ts';
import { useFrom } from '../../client/use-from.ts';
import { RunDeeds } from '../../ui/recovery/RunDeeds.tsx';
import { fetchPaper, printing } from './print/printing.ts';
import { usePaper } from './print/use-paper.ts';
import { reporting, verifyAgain } from './report-store.ts';
import { fileNamed } from './words.ts';

export interface ActionsProps {
  readonly report: ReportOverview;
  readonly summary: RunSummary | null;
}

const formats: readonly { readonly format: ReportFormat; readonly label: string }[] = [
  { format: 'html', label: 'HTML, one page with everything' },
  { format: 'md', label: 'Markdown, values masked' },
  { format: 'json', label: 'JSON, for programs' },
  { format: 'csv', label: 'CSV, one line for each table' },
];

export function Actions({ report, summary }: ActionsProps): React.JSX.Element {
  const verifying = useFrom(reporting, ({ verification }) => verification.state === 'working');
  return (
    <>
      {summary !== null && NOTHING_THERE.has(summary.state) ? null : (
        <Button variant="default" disabled={verifying} aria-busy={verifying} onClick={() => void verifyAgain(report)}>
          {verifying ? 'Verifying…' : 'Verify again'}
        </Button>
      )}
      {summary ? <RunDeeds run={summary} except={notHere} /> : null}
      <Export report={report} />
    </>
  );
}

/** Of these nothing stands in the target that could be compared. */
const NOTHING_THERE: ReadonlySet<RunState> = new Set([
  'held',
  'rehearsed',
  'interrupted',
  'undone',
  'rolled back',
  'refused',
]);

/** History has it, beside the other runs. */
const notHere: readonly Deed[] = ['drop backups'];

/** Exports what is looked at: the run's report, or the fresh verification. */
function Export({ report }: { readonly report: ReportOverview }): React.JSX.Element {
  const verification = useFrom(reporting, (state) => state.verification);
  const evidenceOf = useFrom(reporting, (state) => state.evidenceOf);
  const shown = evidenceOf === 'verification' && verification.state === 'done' ? verification.result : report;

  const print = useCallback(() => void attempt(() => onPaper(shown)), [shown]);
  usePaper(shown, print);

  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button rightSection={<IconChevronDown size={14} aria-hidden />}>Export</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {formats.map(({ format, label }) => (
          <Menu.Item key={format} onClick={() => void attempt(() => save(shown, format))}>
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={print}>PDF or paper</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

async function attempt(work: () => Promise<void>): Promise<void> {
  reporting.setState({ exportError: null });
  await work().catch((thrown: unknown) => reporting.setState({ exportError: failureOf(thrown) }));
}

async function save(report: ReportOverview, format: ReportFormat): Promise<void> {
  const { text, mediaType } = await engine.call('report.export', { run: report.run, format });
  download(`${fileName(report)}.${format}`, text, mediaType);
}

async function onPaper(report: ReportOverview): Promise<void> {
  await fetchPaper(report);
  await printing(() => printPage(fileName(report)));
}

function fileName({ project, run, kind }: ReportOverview): string {
  return fileNamed(`${project} ${kind === 'run' ? 'report' : 'verification'} ${run}`);
}
