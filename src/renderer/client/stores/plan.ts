// The plan of the project at hand, and its findings by the place that caused them.

import { createStore } from 'zustand/vanilla';
import type { DroverErrorData } from '../../../shared/errors.ts';
import type { Finding, Severity } from '../../../shared/model/finding.ts';
import type { Project } from '../../../shared/model/mapping.ts';
import type { Plan } from '../../../shared/model/plan.ts';
import { engine } from '../engine.ts';
import { failureOf } from '../failure.ts';
import { painted } from '../painted.ts';
import { projectStore } from './project.ts';
import { endpointOf } from './sides.ts';

export interface PlanState {
  readonly plan: Plan | null;
  /** The last plan there was: what it found still says more than nothing when a newer one fails. */
  readonly lastMade: Plan | null;
  /** The project that the plan was made for: the plan is stale when the project is another by now. */
  readonly madeFor: Project | null;
  readonly planning: boolean;
  readonly error: DroverErrorData | null;
}

const none: PlanState = { plan: null, lastMade: null, madeFor: null, planning: false, error: null };

export const planStore = createStore<PlanState>(() => none);

let asked: Project | null = null;

// What was found in another project's tables says nothing of this one's, whatever their names.
projectStore.subscribe((now, before) => {
  if (now.path !== before.path || (now.project === null && before.project !== null)) planStore.setState(none);
});

/** Makes the plan unless there is one for this very project. While one is made, a newer project is planned next. */
export async function makePlan(again = false): Promise<void> {
  const { project } = projectStore.getState();
  if (!project) return;
  const { madeFor, error, planning } = planStore.getState();
  if (!again && madeFor === project && !error) return;
  asked = project;
  if (planning) return;
  planStore.setState({ planning: true });
  // To write down a mapping of thousands of tables takes longer than a screen may.
  await painted();
  for (let wanted: Project | null = asked; wanted; wanted = asked === wanted ? null : asked) {
    try {
      const input = { project: wanted, source: endpointOf('source'), target: endpointOf('target') };
      const plan = await engine.call('plan', input);
      planStore.setState({ plan, lastMade: plan, madeFor: wanted, error: null });
    } catch (thrown) {
      planStore.setState({ plan: null, madeFor: wanted, error: failureOf(thrown) });
    }
  }
  planStore.setState({ planning: false });
}

export function countBySeverity(findings: readonly Finding[]): Readonly<Record<Severity, number>> {
  const counts = { blocker: 0, warning: 0, note: 0 };
  for (const { severity } of findings) counts[severity]++;
  return counts;
}

/** Findings of one source table; with a column those of the column, with null those of the table itself. */
export function findingsAt(plan: Plan | null, table: string, column?: string | null): readonly Finding[] {
  const found = plan ? byTable(plan).get(table) : undefined;
  if (!found) return [];
  if (column === undefined) return found;
  return found.filter(({ place }) => (place.column ?? null) === column);
}

const indexes = new WeakMap<Plan, Map<string, Finding[]>>();

function byTable(plan: Plan): Map<string, Finding[]> {
  let index = indexes.get(plan);
  if (!index) {
    index = new Map();
    const sources = new Map(plan.tables.map(({ source, target }) => [target.name, source]));
    for (const finding of plan.findings) {
      const { table, side } = finding.place;
      if (table === undefined) continue;
      // What is said of a target table belongs, for the mapper, to the table it comes from.
      const name = side === 'target' ? (sources.get(table) ?? table) : table;
      const found = index.get(name);
      if (found) found.push(finding);
      else index.set(name, [finding]);
    }
    indexes.set(plan, index);
  }
  return index;
}
