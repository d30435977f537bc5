// The table of docs/transforms.md: every step is in it, and every example comes out as it says.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { transform } from '../../src/shared/model/transform.ts';
import { apply, type Columns } from './transforms-apply.ts';

const text = readFileSync(new URL('../../docs/transforms.md', import.meta.url), 'utf8');

interface Example {
  readonly name: string;
  readonly step: string;
  readonly given: string;
  readonly result: string;
}

/** Rows of six cells whose last three are code; \| is no border. */
function examplesOf(markdown: string): Example[] {
  return markdown.split('\n').flatMap((line) => {
    const cells = line.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|'));
    const [, name = '', , , ...codes] = cells;
    const [step, given, result] = codes.map((cell) => /^`(.*)`$/.exec(cell)?.[1]);
    return step && given && result ? [{ name, step, given, result }] : [];
  });
}

const examples = examplesOf(text);

test('every step has its row, once', () => {
  const names = transform.options.map((option) => option.shape.do.value);
  expect(examples.map(({ name }) => name).sort()).toEqual([...names].sort());
});

test.each(examples)('$name: $given becomes $result', ({ name, step, given, result }) => {
  const parsed = transform.parse(JSON.parse(step));
  const [value, columns = {}] = JSON.parse(`[${given}]`) as [string | null, Columns?];
  expect(parsed.do).toBe(name);
  expect(apply(parsed, value, columns)).toBe(JSON.parse(result));
});
