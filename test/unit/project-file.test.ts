// Project files: what is refused and how it is told, and that writing is stable.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { formatProject, parseProject, projectSchemaText } from '../../src/engine/map/project-file.ts';
import type { Project } from '../../src/shared/model/mapping.ts';

const project: Project = {
  drover: 1,
  name: 'shop',
  source: { url: 'sqlite:a.db', fingerprint: 'f' },
  target: { url: 'sqlite:b.db', fingerprint: 'g' },
  naming: 'keep',
  tables: [
    { source: 'a', target: 'a', columns: [{ source: 'id', target: 'id', type: 'INTEGER' }] },
    { source: 'orders', target: 'orders', columns: [{ source: 'id', target: 'id', type: 'INTEGER', skip: true }] },
  ],
};

/** A project that a test may spoil. */
interface Faulty {
  naming: string;
  tables: { target?: string; columns: { tpye?: string }[] }[];
}

function refusal(text: string): string {
  try {
    parseProject(text);
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    return `${code}: ${message}`;
  }
  return 'accepted';
}

describe('reading', () => {
  test('gives back what was written', () => {
    expect(parseProject(formatProject(project))).toEqual(project);
  });

  test('says where it stops being JSON', () => {
    expect(refusal('{\n  "drover": 1,\n  oops\n}')).toMatch(/^project.not-json: .*line 3, column 3/);
    expect(refusal('{"drover": 1')).toMatch(/^project.not-json: .*line 1, column 13/);
  });

  test('refuses newer versions before anything else', () => {
    expect(refusal('{"drover": 2, "whatever": []}')).toMatch(/^project.newer-version: .*version 2/);
  });

  test('names the place of a fault', () => {
    const text = (change: (value: Faulty) => void) => {
      const copy = structuredClone(project) as unknown as Faulty;
      change(copy);
      return JSON.stringify(copy);
    };
    expect(refusal(text((p) => (p.tables[1]!.columns[0]!.tpye = 'x')))).toBe(
      'project.invalid: The project is not valid: tables[1] (orders) columns[0] (id): unknown key "tpye".',
    );
    expect(refusal(text((p) => delete p.tables[0]!.target))).toContain('tables[0] (a) target: is missing (string)');
    expect(refusal(text((p) => (p.naming = 'loud')))).toContain('naming: must be "keep" or "lower" or "snake"');
    expect(refusal('[]')).toMatch(/^project.invalid/);
    expect(refusal('null')).toMatch(/^project.invalid/);
  });
});

test('writing does not depend on the order of keys', () => {
  const shuffled = Object.fromEntries(Object.entries(project).reverse()) as unknown as Project;
  expect(formatProject(shuffled)).toBe(formatProject(project));
  expect(formatProject(project)).toMatch(/^\{\n {2}"drover": 1,/);
  expect(formatProject(project).endsWith('}\n')).toBe(true);
});

test('the published schema is up to date', () => {
  // To renew it: node -e "import('./src/engine/map/project-file.ts').then(m => process.stdout.write(m.projectSchemaText()))"
  expect(readFileSync('resources/drover-project.schema.json', 'utf8')).toBe(projectSchemaText());
});
