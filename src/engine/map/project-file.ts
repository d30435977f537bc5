// The text of a project file: read with errors that name the place, written so that it diffs well.

import { z } from 'zod';
import { DroverError } from '../../shared/errors.ts';
import { PROJECT_VERSION, type Project, project } from '../../shared/model/mapping.ts';
import type { SeenColumn, SeenTable } from '../../shared/model/seen.ts';

/** Throws `project.not-json`, `project.newer-version`, `project.invalid`. */
export function parseProject(text: string): Project {
  const value = parseJson(text);
  refuseNewer(value);
  const result = project.safeParse(value);
  if (result.success) return result.data;
  const [first, ...rest] = result.error.issues;
  const more = rest.length === 0 ? '' : ` (and ${rest.length} more)`;
  throw new DroverError(
    'project.invalid',
    `The project is not valid: ${first ? issueText(first, value) : ''}${more}.`,
    {
      cause:
        rest.length === 0
          ? null
          : rest
              .slice(0, 9)
              .map((issue) => issueText(issue, value))
              .join('; '),
      hint: 'Correct the project file. With "$schema" leading to resources/drover-project.schema.json an editor shows what may stand where.',
      where: { side: 'project' },
    },
  );
}

/** Keys in a fixed order, two blanks, a line break at the end: the same project always gives the same text. */
export function formatProject(value: Project): string {
  const {
    $schema,
    drover,
    name,
    source,
    target,
    naming,
    mode,
    onConflict,
    errors,
    typeRules,
    rules,
    run,
    tables,
    seen,
  } = value;
  const ordered = {
    $schema,
    drover,
    name,
    source: { url: source.url, fingerprint: source.fingerprint },
    target: { url: target.url, fingerprint: target.fingerprint },
    naming,
    mode,
    onConflict,
    errors,
    typeRules: typeRules?.map(({ native, table, column, type }) => ({ native, table, column, type })),
    rules,
    run: run && { batchSize: run.batchSize, workers: run.workers },
    tables: tables.map((table) => ({
      source: table.source,
      target: table.target,
      joins: table.joins,
      table: table.table,
      query: table.query,
      rowKey: table.rowKey,
      limit: table.limit,
      keys: table.keys,
      skip: table.skip,
      mode: table.mode,
      key: table.key,
      onConflict: table.onConflict,
      errors: table.errors,
      filter: table.filter,
      batchSize: table.batchSize,
      rules: table.rules,
      columns: table.columns.map((column) => ({
        source: column.source,
        from: column.from,
        target: column.target,
        type: column.type,
        skip: column.skip,
        nullable: column.nullable,
        steps: column.steps,
        unrepresentable: column.unrepresentable,
      })),
    })),
    seen: seen && { source: seen.source.map(inOrder), target: seen.target.map(inOrder) },
  };
  return `${oneLineEach(JSON.stringify(ordered, null, 2))}\n`;
}

function inOrder({ name, columns }: SeenTable): SeenTable {
  return {
    name,
    columns: columns.map((each) => ({
      name: each.name,
      type: each.type,
      notNull: each.notNull,
      key: each.key,
      proposed: each.proposed,
    })) as SeenColumn[],
  };
}

/** What was seen of a column stands on one line: a changed column is a changed line. */
function oneLineEach(text: string): string {
  const at = text.lastIndexOf('\n  "seen": {');
  if (at < 0) return text;
  const told = text.slice(at).replace(/^( {10})\{\n((?: {12}.*\n)+) {10}\}/gm, (_, indent: string, lines: string) => {
    return `${indent}{ ${lines.trim().split(/\n */).join(' ')} }`;
  });
  return text.slice(0, at) + told;
}

/** The format as JSON Schema, for editors; published as resources/drover-project.schema.json. */
export function projectSchemaText(): string {
  const schema = z.toJSONSchema(project, { io: 'input' });
  return `${JSON.stringify({ title: 'Drover project', ...schema }, null, 2)}\n`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new DroverError('project.not-json', `The project is not JSON${placeOf(error, text)}.`, {
      hint: 'Correct the file there, or map again with drover map.',
      where: { side: 'project' },
    });
  }
}

/** Line and column of the fault, from the position that V8 states. */
function placeOf(error: unknown, text: string): string {
  const message = error instanceof Error ? error.message : '';
  const stated = /position (\d+)/.exec(message)?.[1];
  if (stated === undefined && !/end of JSON/.test(message)) return '';
  const before = text.slice(0, stated === undefined ? text.length : Number(stated)).split('\n');
  return ` (line ${before.length}, column ${before.at(-1)!.length + 1})`;
}

function refuseNewer(value: unknown): void {
  const version = (value as { drover?: unknown } | null)?.drover;
  if (typeof version !== 'number' || version <= PROJECT_VERSION) return;
  throw new DroverError(
    'project.newer-version',
    `The project has format version ${version}; this Drover reads up to version ${PROJECT_VERSION}.`,
    { hint: 'Open it with a newer Drover.', where: { side: 'project' } },
  );
}

type Issue = z.core.$ZodIssue;

/** tables[3] (orders) columns[1] (total): unknown key "typo". */
function issueText(issue: Issue, root: unknown): string {
  let at: unknown = root;
  let words = '';
  for (const part of issue.path) {
    at = (at as Record<PropertyKey, unknown> | null | undefined)?.[part];
    if (typeof part === 'number') {
      const name = (at as { source?: unknown } | null | undefined)?.source;
      words += `[${part}]${typeof name === 'string' ? ` (${name})` : ''}`;
    } else words += `${words === '' ? '' : ' '}${String(part)}`;
  }
  return `${words === '' ? '' : `${words}: `}${problem(issue)}`;
}

function problem(issue: Issue): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return `unknown ${issue.keys.length === 1 ? 'key' : 'keys'} ${issue.keys.map((key) => `"${key}"`).join(', ')}`;
    case 'invalid_value':
      return `must be ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`;
    case 'invalid_type':
      return issue.input === undefined && /received undefined/.test(issue.message)
        ? `is missing (${issue.expected})`
        : `must be ${issue.expected}`;
    default:
      return issue.message;
  }
}
