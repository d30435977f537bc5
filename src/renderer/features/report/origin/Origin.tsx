// How the verdict was obtained: between which databases, by which method, and where the time went.

import { many, size } from '../../../../shared/format.ts';
import { method } from '../../../../shared/method.ts';
import type { ReportOverview } from '../../../../shared/model/report-page.ts';
import frame from '../report.module.css';
import { moment, took } from '../words.ts';
import classes from './origin.module.css';
import { StepTimes, TableTimes } from './Times.tsx';

export function Origin({ report }: { readonly report: ReportOverview }): React.JSX.Element {
  return (
    <div className={frame.page}>
      <div className={classes.columns}>
        <section>
          <h3>Between</h3>
          <OriginFacts report={report} />
        </section>
        <section>
          <h3>Method</h3>
          <p data-selectable>{method}</p>
        </section>
        {report.steps.length > 0 ? (
          <section>
            <h3>Time of each step</h3>
            <StepTimes steps={report.steps} />
          </section>
        ) : null}
        {report.tables.count > 0 ? (
          <section>
            <h3>Tables that took longest</h3>
            <TableTimes slowest={report.slowest} />
          </section>
        ) : null}
      </div>
    </div>
  );
}

export function OriginFacts({ report }: { readonly report: ReportOverview }): React.JSX.Element {
  return (
    <dl className={frame.facts}>
      {factsOf(report).map(([name, value]) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd className="mono">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function factsOf(report: ReportOverview): readonly (readonly [string, string])[] {
  const { source, target, tables } = report;
  return [
    ['Source', `${source.server.variant} ${source.server.version}, ${source.url}`],
    ['Target', `${target.server.variant} ${target.server.version}, ${target.url}`],
    ['Started', moment(report.startedAt)],
    ['Finished', `${moment(report.finishedAt)}, after ${took(report)}`],
    ['Compared', `${many(tables.count, 'table')}, ${many(tables.rows, 'row')}, ${size(tables.bytes)}`],
    [report.kind === 'run' ? 'Run' : 'Verification', report.run],
    ['Drover', report.droverVersion],
  ];
}
