// The first thing the eye meets: the verdict in words with its mark, and beside it that of a fresh verification.

import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ReportOverview } from '../../../../shared/model/report-page.ts';
import type { RunSummary } from '../../../../shared/model/run.ts';
import { ErrorNote } from '../../../ui/state/ErrorNote.tsx';
import { StateMark } from '../../../ui/state/StateMark.tsx';
import { type Reporting, reporting } from '../report-store.ts';
import { markOfVerdict, moment, standing, took } from '../words.ts';
import classes from './verdict.module.css';

export interface VerdictsProps extends Pick<Reporting, 'verification' | 'evidenceOf' | 'exportError'> {
  readonly report: ReportOverview;
  readonly summary: RunSummary | null;
}

export function Verdicts({ report, summary, verification, evidenceOf, exportError }: VerdictsProps): React.JSX.Element {
  const compared = verification.state !== 'none';
  const undone = summary?.state === 'undone';
  // Where the target stands is the news when the run did not end as wished; what went wrong is told below it.
  const leads = summary && (undone || report.error) ? standing[summary.state] : null;
  return (
    <div className={classes.verdicts}>
      <div className={classes.row}>
        <Verdict
          words={leads ?? report.summary}
          mark={undone ? 'undone' : markOfVerdict[report.verdict]}
          choice={compared ? 'run' : null}
          chosen={evidenceOf === 'run'}
        >
          <p>
            {report.kind === 'run' ? 'Run' : 'Verification'} of {moment(report.finishedAt)}, took {took(report)}.{' '}
            {leads === null ? (summary ? standing[summary.state] : null) : undone ? report.summary : null}
          </p>
        </Verdict>
        {verification.state === 'working' ? (
          <div className={classes.verdict} role="status">
            <StateMark mark="busy" size={20} />
            <div className={classes.words}>
              <p>Reading both databases again as they are now, and comparing every row.</p>
            </div>
          </div>
        ) : null}
        {verification.state === 'done' ? (
          <Verdict
            words={verification.result.summary}
            mark={markOfVerdict[verification.result.verdict]}
            choice="verification"
            chosen={evidenceOf === 'verification'}
          >
            <p>
              Verified again, {moment(verification.result.finishedAt)}, took {took(verification.result)}.
            </p>
          </Verdict>
        ) : null}
      </div>
      {verification.state === 'failed' ? <ErrorNote error={verification.error} /> : null}
      {report.error && evidenceOf === 'run' ? <ErrorNote error={report.error} /> : null}
      {exportError ? <ErrorNote error={exportError} /> : null}
    </div>
  );
}

interface VerdictProps {
  readonly words: string;
  readonly mark: Parameters<typeof StateMark>[0]['mark'];
  /** Where there are two verdicts, a person chooses whose evidence is shown. */
  readonly choice: Reporting['evidenceOf'] | null;
  readonly chosen: boolean;
  readonly children: ReactNode;
}

function Verdict({ words, mark, choice, chosen, children }: VerdictProps): React.JSX.Element {
  return (
    <div className={classes.verdict} data-chosen={(choice !== null && chosen) || undefined}>
      <StateMark mark={mark} size={24} />
      <div className={classes.words}>
        <h2 data-selectable>{words}</h2>
        {children}
        {choice === null ? null : chosen ? (
          <p>Its evidence is shown below.</p>
        ) : (
          <Button size="compact-xs" variant="default" onClick={() => reporting.setState({ evidenceOf: choice })}>
            {choice === 'run' ? 'Show the evidence of the run' : 'Show the evidence of the verification'}
          </Button>
        )}
      </div>
    </div>
  );
}
