// The four steps at a glance, each a way back or ahead.

import { useFrom } from '../../../client/use-from.ts';
import { StateMark } from '../../../ui/state/StateMark.tsx';
import { verdictOf } from '../model/checks.ts';
import { stepTitles, wizardSteps } from '../model/wizard.ts';
import { usePrepared } from '../prepared.ts';
import { runView } from '../run-view.ts';
import { marks } from './check-marks.ts';
import { useChecks } from './use-checks.ts';
import classes from './wizard.module.css';

export function Steps(): React.JSX.Element {
  const step = useFrom(runView, (state) => state.step);
  const { plan } = usePrepared();
  const checks = useChecks();
  const verdict = plan ? marks[verdictOf(checks)] : null;
  return (
    <nav aria-label="Steps before the run" className={classes.steps}>
      <ol>
        {wizardSteps.map((each, i) => (
          <li key={each}>
            <button
              type="button"
              aria-current={each === step ? 'step' : undefined}
              onClick={() => runView.setState({ step: each })}
            >
              <span className="mono">{i + 1}</span>
              <span className={classes.stepName}>{stepTitles[each]}</span>
              {each === 'checks' && verdict ? <StateMark mark={verdict} /> : null}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
