// Step 2: the checks, each with its state in a word and its remedy.

import { Button } from '@mantine/core';
import { assertNever } from '../../../../shared/errors.ts';
import { go } from '../../../client/stores/navigation.ts';
import { StateMark } from '../../../ui/state/StateMark.tsx';
import type { Way } from '../model/checks.ts';
import { planPrepared } from '../prepared.ts';
import { runChecks } from '../run-checks.ts';
import { marks } from './check-marks.ts';
import { useChecks } from './use-checks.ts';
import classes from './wizard.module.css';

export function ChecksStep(): React.JSX.Element {
  const checks = useChecks();
  return (
    <>
      <p className="quiet">
        Asked of both databases just now, and asked again by the run itself before it touches anything.
      </p>
      <ul className={classes.checks} aria-label="Checks">
        {checks.map((check) => (
          <li key={check.id} data-check={check.id} data-state={check.state}>
            <StateMark mark={marks[check.state]} size={16}>
              <span className={classes.verdict}>{check.state}</span>
            </StateMark>
            <div className={classes.checked}>
              <strong>{check.title}</strong>
              <div data-selectable>{check.detail}</div>
              {check.remedy ? <div className="quiet">{check.remedy}</div> : null}
            </div>
            {check.way && check.state !== 'pass' ? <WayButton way={check.way} /> : null}
          </li>
        ))}
      </ul>
      <Button variant="default" onClick={() => runChecks(true)}>
        Check again
      </Button>
    </>
  );
}

function WayButton({ way }: { readonly way: Way }): React.JSX.Element {
  switch (way) {
    case 'plan':
      return <Take onTake={() => go({ at: 'plan' })}>Go to Plan</Take>;
    case 'plan again':
      return <Take onTake={() => void planPrepared(true)}>Plan again</Take>;
    case 'connect':
      return <Take onTake={() => go({ at: 'connect' })}>Go to Connect</Take>;
    case 'check again':
      return <Take onTake={() => runChecks(true)}>Check again</Take>;
    default:
      return assertNever(way);
  }
}

function Take({ onTake, children }: { readonly onTake: () => void; readonly children: string }): React.JSX.Element {
  return (
    <Button size="compact-xs" variant="default" onClick={onTake}>
      {children}
    </Button>
  );
}
