// Text put together from several columns. NULL counts as nothing.

import { bad, type Step, withRow } from './step.ts';

/** Parts that are NULL are left out together with their separator. */
export function concat({ columns, between = '' }: { columns: readonly string[]; between?: string | undefined }): Step {
  return withRow((value, row) => {
    let result = value;
    for (const column of columns) {
      const part = row.get(column);
      if (part !== null) result = result === null ? part : result + between + part;
    }
    return result ?? '';
  });
}

export function template({ template: text }: { template: string }): Step {
  const parts = templateParts(text);
  return withRow((value, row) => {
    let result = '';
    for (const part of parts) {
      if (typeof part === 'string') result += part;
      else result += (part.column === null ? value : row.get(part.column)) ?? '';
    }
    return result;
  });
}

/** The template stands in for NULL alone. */
export function fill(step: { template: string }): Step {
  const instead = template(step);
  return withRow((value, row) => (value === null && instead.seesNull ? instead.convert(null, row) : value));
}

/** Literal text, a column, or the value itself (null). */
type TemplatePart = string | { readonly column: string | null };

const PART = /\{\{|\}\}|\{([^{}]*)\}|[^{}]+/y;

/** Throws `map.bad-transform` for a brace without its partner. */
export function templateParts(text: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  for (let at = 0; at < text.length; at = PART.lastIndex) {
    PART.lastIndex = at;
    const match = PART.exec(text);
    if (!match) {
      throw bad(
        `the brace at character ${at + 1} has no partner.`,
        'Write {} for the value, {name} for a column, {{ and }} for braces.',
      );
    }
    const [part, column] = match;
    if (column !== undefined) parts.push({ column: column === '' ? null : column });
    else parts.push(part === '{{' || part === '}}' ? part.charAt(0) : part);
  }
  return parts;
}
