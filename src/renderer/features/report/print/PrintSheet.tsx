// The report on paper: the same evidence as on the screen, one below the other, in tables that break over pages.

import { createPortal } from 'react-dom';
import { duration, many } from '../../../../shared/format.ts';
import { leftReason } from '../../../../shared/left-out.ts';
import { method } from '../../../../shared/method.ts';
import type { Report } from '../../../../shared/model/report.ts';
import type { ReportOverview } from '../../../../shared/model/report-page.ts';
import type { RunSummary } from '../../../../shared/model/run.ts';
import { placeText, tableName } from '../../../../shared/report-values.ts';
import { businessWords } from '../../../../shared/rule-words.ts';
import { useFrom } from '../../../client/use-from.ts';
import { ErrorNote } from '../../../ui/state/ErrorNote.tsx';
import { StateMark } from '../../../ui/state/StateMark.tsx';
import { OriginFacts } from '../origin/Origin.tsx';
import { Signatures } from '../signatures/SignOff.tsx';
import { markOfVerdict, moment, standing } from '../words.ts';
import { PaperTable } from './PaperTable.tsx';
import { PrintedTables } from './PrintedTables.tsx';
import classes from './print.module.css';
import { paper } from './printing.ts';

export interface PrintSheetProps {
  readonly report: ReportOverview;
  readonly summary: RunSummary | null;
}

export function PrintSheet(props: PrintSheetProps): React.JSX.Element | null {
  const printing = useFrom(paper, (state) => state.printing);
  return printing ? createPortal(<Sheet {...props} />, document.body) : null;
}

function Sheet({ report, summary }: PrintSheetProps): React.JSX.Element {
  const whole = useFrom(paper, (state) => (state.of === report ? state.report : null));
  const { steps } = report;
  return (
    <div className={classes.sheet}>
      <p className="quiet">
        {report.kind === 'run' ? 'Migration' : 'Verification'} report: {report.project}
      </p>
      <h1>
        <StateMark mark={markOfVerdict[report.verdict]} size={20} /> {report.summary}
      </h1>
      <p className="quiet">
        {moment(report.finishedAt)}. {summary && report.kind === 'run' ? standing[summary.state] : ''}
      </p>
      {report.error ? <ErrorNote error={report.error} /> : null}
      <OriginFacts report={report} />
      <PaperTable
        title="Tables left out"
        head={['Table', 'Why']}
        rows={report.left.map((each) => [tableName(each), leftReason(each)])}
      />
      <PaperTable
        title="Business rules"
        head={['Rule', 'Asked of', 'Result']}
        rows={report.rules.map((rule) => [rule.name, rule.on, businessWords(rule)])}
      />
      {whole ? (
        <Lists report={whole} />
      ) : (
        <p>
          The evidence of each table is not on this paper, because there is much of it: print with “PDF or paper” of
          Export.
        </p>
      )}
      <PaperTable
        title="Time of each step"
        head={['Step', 'Time']}
        figures={['Time']}
        rows={steps.map(({ step, seconds }) => [step, duration(seconds)])}
      />
      <h2>How it was compared</h2>
      <p>{method}</p>
      <section className={classes.together}>
        <h2>Sign-off</h2>
        {report.signatures.length > 0 ? (
          <Signatures signatures={report.signatures} />
        ) : (
          <p className={classes.line}>Name, role, date, signature</p>
        )}
      </section>
      <p className="quiet">
        {many(report.tables.count, 'table')}, {many(report.findings, 'finding')}, Drover {report.droverVersion}
      </p>
    </div>
  );
}

function Lists({
  report: { tables, findings, backups, rolledBackAt },
}: {
  readonly report: Report;
}): React.JSX.Element {
  return (
    <>
      <PrintedTables tables={tables} />
      <PaperTable
        title="Findings of the plan"
        head={['Severity', 'Where', 'Finding']}
        rows={findings.map(({ severity, place, message }) => [severity, placeText(place), message])}
      />
      <PaperTable
        title={rolledBackAt === null ? 'Earlier tables, kept' : 'Earlier tables, put back'}
        head={['Table', rolledBackAt === null ? 'Kept as' : 'Was kept as']}
        rows={backups.map(({ table, keptAs }) => [table, keptAs])}
      />
    </>
  );
}
