// The four steps at a glance, each a way back or ahead.

import { useFrom } from '../../../client/use-from.ts';
import { stepTitles, wizardSteps } from '../model/wizard.ts';
import { runView } from '../run-view.ts';
import classes from './wizard.module.css';

export function Steps(): React.JSX.Element {
  const step = useFrom(runView, (state) => state.step);
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
              {stepTitles[each]}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
