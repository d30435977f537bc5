// Asks both sides, live, what the checks before a run need to know.

import type { Side } from '../../../shared/contract.ts';
import { catalogs, look } from '../../client/stores/catalogs.ts';
import { planStore } from '../../client/stores/plan.ts';
import { sides, testSide } from '../../client/stores/sides.ts';
import type { Evidence } from './model/checks.ts';
import { runView } from './run-view.ts';

const both: readonly Side[] = ['source', 'target'];

/** Unless they were asked for this very plan. */
export function runChecks(again = false): void {
  const { plan } = planStore.getState();
  if (!plan || (runView.getState().asked.plan === plan && !again)) return;
  const unknown = { source: 'asking', target: 'asking' } as const;
  runView.setState({ asked: { plan, tests: unknown, looks: unknown } });
  for (const side of both) {
    void testSide(side).then(() => tell('tests', side, testedOf(side)));
    void look(side, true).then(() => tell('looks', side, lookedOf(side)));
  }

  function tell(what: 'tests' | 'looks', side: Side, answer: unknown): void {
    runView.setState(({ asked }) =>
      // What was asked for an older plan says nothing about this one.
      asked.plan === plan ? { asked: { ...asked, [what]: { ...asked[what], [side]: answer } } } : {},
    );
  }
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
