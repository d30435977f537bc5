// What the rail says of Run and Report: of this migration's runs only, and never more than is known.

import { describe, expect, test } from 'vitest';
import { freeName } from '../../src/renderer/client/stores/free-name.ts';
import { type RunStates, ran, reported } from '../../src/renderer/client/stores/run-stages.ts';
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
    expect(kinds(states({ last: { run: 'r0', state: 'interrupted' } }))).toEqual(['failed', 'failed']);
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

test('a new project has a name of its own', () => {
  expect(freeName('shop', new Set())).toBe('shop');
  expect(freeName('shop', new Set(['shop', 'shop-2']))).toBe('shop-3');
});
