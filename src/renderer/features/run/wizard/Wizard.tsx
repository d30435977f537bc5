// Before a run: four steps that say what will happen. Each can be gone back to, and nothing is lost.

import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { assertNever } from '../../../../shared/errors.ts';
import type { Plan } from '../../../../shared/model/plan.ts';
import { go } from '../../../client/stores/navigation.ts';
import type { Retry } from '../../../client/stores/retry.ts';
import { useFrom } from '../../../client/use-from.ts';
import { Screen } from '../../../ui/layout/Screen.tsx';
import { EmptyState } from '../../../ui/state/EmptyState.tsx';
import { ErrorNote } from '../../../ui/state/ErrorNote.tsx';
import { StateMark } from '../../../ui/state/StateMark.tsx';
import { nextStep, stepBefore, stepTitles, type WizardStep } from '../model/wizard.ts';
import { planPrepared, usePrepared } from '../prepared.ts';
import { runChecks } from '../run-checks.ts';
import { runView } from '../run-view.ts';
import { ChecksStep } from './ChecksStep.tsx';
import { LastRun } from './LastRun.tsx';
import { Retried } from './Retried.tsx';
import { SafetyStep } from './SafetyStep.tsx';
import { ScopeStep } from './ScopeStep.tsx';
import { StartStep } from './StartStep.tsx';
import { Steps } from './Steps.tsx';
import classes from './wizard.module.css';

export function Wizard(): React.JSX.Element {
  const { retry, project, plan, planning, error } = usePrepared();
  useEffect(() => {
    if (project) void planPrepared();
  }, [project]);
  useEffect(() => {
    if (plan && !planning) runChecks();
  }, [plan, planning]);

  if (!project) {
    return (
      <Screen title="Run">
        <EmptyState
          title="Nothing to run yet"
          action={<Button onClick={() => go({ at: 'connect' })}>Connect two databases</Button>}
        >
          A run carries out the plan of a mapping: all tables arrive and are compared, or none is touched.
        </EmptyState>
      </Screen>
    );
  }
  return (
    <Screen title="Run" facts={<span className="ellipsis">{project.name}</span>}>
      <div className={classes.wizard}>
        <Steps />
        {plan ? (
          <Step plan={plan} planning={planning} retry={retry} />
        ) : (
          <div className={classes.body}>
            {error && !planning ? (
              <>
                {retry ? <Retried retry={retry} /> : null}
                <ErrorNote error={error}>
                  {retry ? null : <Button onClick={() => go({ at: 'plan' })}>Go to Plan</Button>}
                </ErrorNote>
              </>
            ) : (
              <StateMark mark="busy">Making the plan; nothing is touched.</StateMark>
            )}
          </div>
        )}
      </div>
    </Screen>
  );
}

interface StepProps {
  readonly plan: Plan;
  readonly planning: boolean;
  readonly retry: Retry | null;
}

function Step({ plan, planning, retry }: StepProps): React.JSX.Element {
  const step = useFrom(runView, (state) => state.step);
  const title = useRef<HTMLHeadingElement>(null);
  const walked = useRef(false);

  // Whoever goes on by the keyboard, or listens, begins at the top of the step.
  function walk(to: WizardStep): void {
    walked.current = true;
    runView.setState({ step: to });
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: on each new step
  useEffect(() => {
    if (walked.current) title.current?.focus();
    walked.current = false;
  }, [step]);

  return (
    <div className={classes.step}>
      <div className={classes.body}>
        <h2 ref={title} tabIndex={-1}>
          {headings[step]}
        </h2>
        {planning ? <StateMark mark="busy">Making the plan anew; below is the one before.</StateMark> : null}
        {retry ? <Retried retry={retry} /> : step === 'scope' ? <LastRun /> : null}
        <Body step={step} plan={plan} />
      </div>
      <footer className={classes.foot}>
        <Button variant="default" disabled={step === 'scope'} onClick={() => walk(stepBefore(step))}>
          Back
        </Button>
        {step === 'start' ? null : (
          <Button onClick={() => walk(nextStep(step))}>Next: {stepTitles[nextStep(step)]}</Button>
        )}
      </footer>
    </div>
  );
}

const headings: Readonly<Record<WizardStep, string>> = {
  scope: 'What will move',
  checks: 'Whether it can begin',
  safety: 'How you get back',
  start: 'Begin',
};

function Body({ step, plan }: { readonly step: WizardStep; readonly plan: Plan }): React.JSX.Element {
  switch (step) {
    case 'scope':
      return <ScopeStep plan={plan} />;
    case 'checks':
      return <ChecksStep />;
    case 'safety':
      return <SafetyStep plan={plan} />;
    case 'start':
      return <StartStep plan={plan} />;
    default:
      return assertNever(step);
  }
}
