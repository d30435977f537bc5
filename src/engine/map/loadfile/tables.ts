// Which tables a command of a load file speaks of, and what it calls them.

import type { LoadCommand, LoadNote, NamePattern } from '../../../shared/model/loadfile.ts';
import type { Project } from '../../../shared/model/mapping.ts';

/** In the order given. MySQL compares names without their case, and so does LIKE in SQLite. */
export function chosenNames({ including, excluding }: LoadCommand, names: readonly string[]): string[] {
  const matches = (patterns: readonly NamePattern[]) => {
    const tests = patterns.map((each) => testOf(each, 'i'));
    return (name: string) => tests.some((test) => test(name));
  };
  const [taken, left] = [matches(including), matches(excluding)];
  return names.filter((name) => (including.length === 0 || taken(name)) && !left(name));
}

export function renamed(project: Project, { renames }: LoadCommand): { project: Project; notes: LoadNote[] } {
  const notes: LoadNote[] = [];
  let { tables } = project;
  for (const { line, of, to } of renames) {
    const tests = of.map((each) => testOf(each, ''));
    const found = tables.filter(({ source }) => tests.some((test) => test(source)));
    tables = tables.map((table) => (found.includes(table) ? { ...table, target: to } : table));
    const names = found.map(({ source }) => source).join(', ');
    notes.push({
      line,
      text: `ALTER TABLE … RENAME TO '${to}'`,
      taken: found.length === 1 ? 'yes' : found.length > 1 ? 'partly' : 'no',
      why:
        found.length === 0
          ? 'No table of that name is mapped.'
          : found.length === 1
            ? `${names} is called ${to} in the target.`
            : `${names} would all be called ${to}: give them other names.`,
    });
  }
  return { project: { ...project, tables }, notes };
}

function testOf({ how, text }: NamePattern, flags: 'i' | ''): (name: string) => boolean {
  switch (how) {
    case 'name':
      return (name) => (flags === 'i' ? name.toLowerCase() === text.toLowerCase() : name === text);
    case 'regex': {
      const pattern = compiled(text, flags);
      return (name) => pattern?.test(name) ?? false;
    }
    case 'like': {
      const escaped = text
        .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
        .replace(/%/g, '[^]*')
        .replace(/_/g, '[^]');
      const pattern = new RegExp(`^${escaped}$`, 'i');
      return (name) => pattern.test(name);
    }
  }
}

function compiled(text: string, flags: string): RegExp | null {
  try {
    return new RegExp(text, `${flags}u`);
  } catch {
    return null;
  }
}
