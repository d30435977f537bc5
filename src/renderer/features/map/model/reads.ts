// Reads: which columns of the source go into a column beside its own, by its steps or by its expression.

import type { ColumnMapping } from '../../../../shared/model/mapping.ts';
import type { Transform } from '../../../../shared/model/transform.ts';

/** Columns of the source by their names in lower case. */
type NamesInSource = ReadonlyMap<string, string>;

export function namesInSource(columns: readonly string[]): NamesInSource {
  return new Map(columns.map((name) => [name.toLowerCase(), name]));
}

/** In the order in which they are named, each once; its own column is not among them. */
export function columnsRead({ source, from, steps = [] }: ColumnMapping, inSource: NamesInSource): string[] {
  const named = [
    ...(from?.kind === 'expression' ? columnsNamed(from.sql, inSource) : []),
    ...steps.flatMap(columnsOfStep),
  ];
  return [...new Set(named)].filter((name) => name !== source);
}

/** As the engine has it: pipeline/transforms/types.ts. */
function columnsOfStep(step: Transform): string[] {
  if (step.do === 'concat') return step.columns;
  if (step.do === 'json') return Object.values(step.fields);
  if (step.do !== 'template') return [];
  return Array.from(step.template.matchAll(/\{\{|\}\}|\{([^{}]+)\}/g), ([, column]) => column ?? '').filter(Boolean);
}

/** A guess for the eye: words of the SQL that are columns, outside of texts and comments. */
function columnsNamed(sql: string, inSource: NamesInSource): string[] {
  const bare = sql.replace(/'(?:[^']|'')*'|--[^\n]*|\/\*[\s\S]*?\*\//g, ' ');
  const words = bare.matchAll(/"((?:[^"]|"")+)"|`((?:[^`]|``)+)`|([\p{L}_][\p{L}\p{N}_$]*)/gu);
  return Array.from(words, ([, double, back, word]) => {
    const name = double?.replaceAll('""', '"') ?? back?.replaceAll('``', '`') ?? word ?? '';
    return inSource.get(name.toLowerCase()) ?? '';
  }).filter(Boolean);
}
