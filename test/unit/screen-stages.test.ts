// What the rail says: of the plan as it was made, of this migration's runs only, and never more than is known.

import { describe, expect, test } from 'vitest';
import { freeName } from '../../src/renderer/client/stores/free-name.ts';
import type { PlanState } from '../../src/renderer/client/stores/plan.ts';
import { mapped, planned } from '../../src/renderer/client/stores/plan-stages.ts';
import { type RunStates, ran, reported } from '../../src/renderer/client/stores/run-stages.ts';
import { DroverError } from '../../src/shared/errors.ts';
import type { Finding } from '../../src/shared/model/finding.ts';
import type { Project } from '../../src/shared/model/mapping.ts';
import type { Plan } from '../../src/shared/model/plan.ts';
import { type RunEvent, stepNames } from '../../src/shared/model/run.ts';
import { advanceAll, initialProgress } from '../../src/shared/progress.ts';

const START = '2026-01-01T00:00:00Z';

function states(more: Partial<RunStates> = {}): RunStates {
  const run = { run: null, own: false, progress: initialProgress(stepNames), error: null };
  return { run, running: false, last: null, verdicts: {}, lost: false, ...more };
}

type End = Extract<RunEvent, { kind: 'finished' }>;

function watched(own: boolean, state: End['state'], verdict: End['verdict'] = null): RunStates['run'] {
  const end: RunEvent = { kind: 'finished', run: 'r1', state, verdict, folder: '/', at: START };
  return { run: 'r1', own, progress: advanceAll(initialProgress(stepNames), [end]), error: null };
}

const kinds = (of: RunStates): string[] => [ran(of).kind, reported(of).kind];

describe('the rail', () => {
  test('knows nothing of Run and Report before a run', () => {
    expect(kinds(states())).toEqual(['todo', 'todo']);
  });

  test('claims nothing for a run of another migration that is watched', () => {
    expect(kinds(states({ run: watched(false, 'published', 'verified') }))).toEqual(['todo', 'todo']);
  });

  test('tells how the last run ended, from the run itself or from the history', () => {
    expect(kinds(states({ run: watched(true, 'published', 'verified') }))).toEqual(['ok', 'ok']);
    expect(kinds(states({ last: { run: 'r0', state: 'published' } }))).toEqual(['ok', 'todo']);
    const read = { r0: { ofRun: 'verified' } } as const;
    expect(kinds(states({ last: { run: 'r0', state: 'published' }, verdicts: read }))).toEqual(['ok', 'ok']);
    expect(kinds(states({ last: { run: 'r0', state: 'interrupted' } }))).toEqual(['open', 'open']);
  });

  test('has no ✓ for a run that was rolled back, nor for one that differs when it is verified again', () => {
    expect(kinds(states({ run: watched(true, 'undone', 'verified') }))).toEqual(['undone', 'undone']);
    const again = { r1: { ofRun: 'verified', again: 'different' } } as const;
    const after = states({ run: watched(true, 'published', 'verified'), verdicts: again });
    expect(kinds(after)).toEqual(['ok', 'failed']);
  });

  test('tells no percentage while the engine does not answer', () => {
    const run = { run: 'r1', own: true, progress: initialProgress(stepNames), error: null };
    expect(ran(states({ run, running: true })).kind).toBe('running');
    expect(ran(states({ run, running: true, lost: true })).kind).toBe('unknown');
  });
});

describe('Map and Plan', () => {
  const project = { name: 'shop', tables: [] } as unknown as Project;
  const finding = (severity: Finding['severity'], table?: string): Finding => ({
    code: 'x.y',
    severity,
    place: { side: 'target', ...(table === undefined ? {} : { table }) },
    message: 'So it is.',
    remedies: [],
  });
  const planOf = (findings: Finding[], more: Partial<PlanState> = {}): PlanState => {
    const plan = { findings } as unknown as Plan;
    return { plan, lastMade: plan, madeFor: project, planning: false, error: null, ...more };
  };

  test('have no ✓ before the mapping was checked, nor after it was changed', () => {
    expect(mapped(planOf([], { plan: null, lastMade: null, madeFor: null }), project).kind).toBe('todo');
    const stale = planOf([], { madeFor: { ...project } });
    expect([mapped(stale, project).kind, planned(stale, project).kind]).toEqual(['todo', 'todo']);
    expect(mapped(planOf([]), project).kind).toBe('ok');
    expect(mapped(planOf([]), null).kind).toBe('todo');
  });

  test('tell the blockers: Map those of a table, Plan all of them', () => {
    const found = planOf([finding('blocker', 'a'), finding('blocker'), finding('warning', 'a')]);
    expect(mapped(found, project)).toEqual({ kind: 'blocked', count: 1 });
    expect(planned(found, project)).toEqual({ kind: 'blocked', count: 2 });
    const error = new DroverError('map.name-collision', 'Twice.', { where: { side: 'project', table: 'a' } }).data;
    expect(mapped(planOf([], { plan: null, error }), project)).toEqual({ kind: 'blocked', count: 1 });
    const lost = new DroverError('connect.lost', 'Gone.').data;
    expect(mapped(planOf([], { plan: null, error: lost }), project).kind).toBe('todo');
  });
});

test('a new project has a name of its own', () => {
  expect(freeName('shop', new Set())).toBe('shop');
  expect(freeName('shop', new Set(['shop', 'shop-2']))).toBe('shop-3');
});
