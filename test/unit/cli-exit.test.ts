// Exit statuses and how failures are told.

import { expect, test } from 'vitest';
import { createTheme } from '../../src/cli/display/theme.ts';
import { statusOfRun } from '../../src/cli/exit.ts';
import { failureData, failureLines } from '../../src/cli/failure.ts';
import { droverHome } from '../../src/host/home.ts';
import { DroverError } from '../../src/shared/errors.ts';

const theme = createTheme({ isTTY: false, environment: {}, platform: 'linux' });

test.each([
  ['published', 0],
  ['rolled back', 1],
  ['undone', 1],
  ['refused', 2],
  ['interrupted', 4],
  ['unknown', 4],
  ['running', 4],
  [null, 4],
] as const)('a run that ended %s gives status %i', (state, status) => {
  expect(statusOfRun(state, false)).toBe(status);
});

test('an error of Drover is told with what, why and what to do', () => {
  const error = new DroverError('connect.unreachable', 'The server does not answer.', {
    cause: 'ECONNREFUSED',
    hint: 'Start it.',
    where: { side: 'source' },
  });
  const text = failureLines(theme, failureData(error), 80).join('\n');
  expect(text).toMatch(/The server does not answer\./);
  expect(text).toMatch(/where +source/);
  expect(text).toMatch(/why +ECONNREFUSED/);
  expect(text).toMatch(/do +Start it\./);
  expect(text).toContain('connect.unreachable');
});

test('what Drover did not throw on purpose becomes an internal error without a stack', () => {
  const data = failureData(new TypeError('x is not a function'));
  expect(data.code).toBe('support.internal');
  expect(failureLines(theme, data, 80).join('\n')).not.toMatch(/ at .*\.ts/);
});

test('names from a database cannot steer the terminal', () => {
  const error = new DroverError('load.failed', 'table \u001b[2Jx\u0007 failed');
  expect(failureLines(theme, failureData(error), 80).join('\n')).not.toContain('\u001b');
});

test('DROVER_HOME wins, then the place of the system', () => {
  expect(droverHome({ DROVER_HOME: '/data/d' }, 'linux', '/home/u')).toBe('/data/d');
  expect(droverHome({ XDG_DATA_HOME: '/x' }, 'linux', '/home/u')).toBe('/x/drover');
  expect(droverHome({}, 'linux', '/home/u')).toBe('/home/u/.local/share/drover');
  expect(droverHome({}, 'darwin', '/Users/u')).toBe('/Users/u/Library/Application Support/Drover');
});

test('a run that is published with rows in quarantine has a status of its own', () => {
  expect(statusOfRun('published', true)).toBe(3);
  expect(statusOfRun('rolled back', true)).toBe(1);
});
