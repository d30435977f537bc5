// What must hold of the databases as a whole, each rule with its result.

import { count } from '../../../../shared/format.ts';
import type { ReportOverview } from '../../../../shared/model/report-page.ts';
import { businessWords } from '../../../../shared/rule-words.ts';
import { StateMark } from '../../../ui/state/StateMark.tsx';
import classes from './evidence.module.css';

export function BusinessRules({ rules }: Pick<ReportOverview, 'rules'>): React.JSX.Element | null {
  if (rules.length === 0) return null;
  const held = rules.filter(({ broken }) => !broken).length;
  return (
    <section className={classes.business} aria-label="Business rules">
      <h3>
        Business rules, {count(held)} of {count(rules.length)} met
      </h3>
      <ul>
        {rules.map((rule) => (
          <li key={`${rule.on} ${rule.name}`}>
            <StateMark mark={markOf(rule)}>{businessWords(rule)}</StateMark>
            <span data-selectable>{rule.name}</span>
            <span className="quiet">asked of the {rule.on}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function markOf({ broken, onBreak }: ReportOverview['rules'][number]): 'proved' | 'warned' | 'blocked' {
  if (!broken) return 'proved';
  return onBreak === 'stop' ? 'blocked' : 'warned';
}
