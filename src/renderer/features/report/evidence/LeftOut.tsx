// Tables that were not published, each with its reason.

import { many } from '../../../../shared/format.ts';
import { leftReason } from '../../../../shared/left-out.ts';
import type { ReportOverview } from '../../../../shared/model/report-page.ts';
import { tableName } from '../../../../shared/report-values.ts';
import { StateMark } from '../../../ui/state/StateMark.tsx';
import classes from './evidence.module.css';

export function LeftOut({ left }: Pick<ReportOverview, 'left'>): React.JSX.Element | null {
  if (left.length === 0) return null;
  return (
    <section className={classes.business} aria-label="Tables left out">
      <h3>{many(left.length, 'table')} left out: what stood there before stands there still</h3>
      <ul>
        {left.map((each) => (
          <li key={each.source}>
            <StateMark mark="warned">
              <span className="mono">{tableName(each)}</span>
            </StateMark>
            <span data-selectable className={classes.reason}>
              {leftReason(each)} <span className="quiet">{each.because === null ? each.reason.hint : null}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
