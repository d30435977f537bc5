// Asks both sides, live, what the checks before a run need to know.

import type { Endpoint, Side } from '../../../shared/contract.ts';
import { engine } from '../../client/engine.ts';
import { failureOf } from '../../client/failure.ts';
import { catalogs, look } from '../../client/stores/catalogs.ts';
import { planStore } from '../../client/stores/plan.ts';
import { retryStore } from '../../client/stores/retry.ts';
import { endpointOf, sides, testSide } from '../../client/stores/sides.ts';
import type { Answer, Evidence } from './model/checks.ts';
import { runView } from './run-view.ts';

const both: readonly Side[] = ['source', 'target'];

/** Unless they were asked for this very plan. */
export function runChecks(again = false): void {
  const { retry, plan: planned } = retryStore.getState();
  const plan = retry ? planned : planStore.getState().plan;
  if (!plan || (runView.getState().asked.plan === plan && !again)) return;
  const unknown = { source: 'asking', target: 'asking' } as const;
  runView.setState({ asked: { plan, tests: unknown, looks: unknown, left: 'asking' } });
  void answerOf(engine.call('target.runs', retry?.target ?? endpointOf('target'))).then(tellLeft);
  for (const side of both) {
    if (retry) {
      const endpoint = retry[side];
      void answerOf(engine.call('connect.test', { ...endpoint, side })).then((answer) => tell('tests', side, answer));
      void lookAt(endpoint, side).then((answer) => tell('looks', side, answer));
      continue;
    }
    void testSide(side).then(() => tell('tests', side, testedOf(side)));
    void look(side, true).then(() => tell('looks', side, lookedOf(side)));
  }

  function tellLeft(left: Evidence['left']): void {
    runView.setState(({ asked }) => (asked.plan === plan ? { asked: { ...asked, left } } : {}));
  }

  function tell(what: 'tests' | 'looks', side: Side, answer: unknown): void {
    runView.setState(({ asked }) =>
      // What was asked for an older plan says nothing about this one.
      asked.plan === plan ? { asked: { ...asked, [what]: { ...asked[what], [side]: answer } } } : {},
    );
  }
}

/** Databases of a retry: what Connect and Inspect know is about those of the project at hand. */
function lookAt(endpoint: Endpoint, side: Side): Promise<Evidence['looks'][Side]> {
  return answerOf(engine.call('inspect.overview', { endpoint, side, refresh: true }));
}

function answerOf<T>(asked: Promise<T>): Promise<Answer<T>> {
  return asked.then(
    (value) => ({ value }),
    (thrown: unknown) => ({ error: failureOf(thrown) }),
  );
}

function testedOf(side: Side): Evidence['tests'][Side] {
  const { tested } = sides.getState()[side];
  if (tested.state === 'ok') return { value: tested.result };
  return tested.state === 'failed' ? { error: tested.error } : 'asking';
}

function lookedOf(side: Side): Evidence['looks'][Side] {
  const looked = catalogs.getState()[side];
  if (looked.state === 'ready') return { value: looked.overview };
  return looked.state === 'failed' ? { error: looked.error } : 'asking';
}
