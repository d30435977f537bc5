// Checks in the target's words: those of the source, and those that stand in for types the target lacks.

import type { Check } from '../../shared/model/catalog.ts';
import { type Context, finding } from './context.ts';
import type { Expressions } from './expressions.ts';
import type { Names } from './names.ts';
import type { ColumnPair, TablePair } from './reconcile.ts';

export function planChecks(pair: TablePair, expressions: Expressions, names: Names, context: Context): Check[] {
  const table = pair.mapping.target;
  const carried = pair.source.checks.flatMap((check) => {
    if (saysOnlyJson(check, pair)) return [];
    if (check.validated === false) {
      reportNotValid(check, pair, context);
      return [];
    }
    const expression = context.targetCan.checks ? expressions.condition(check.expression) : null;
    if (expression !== null) return [{ name: names.constraint(check.name, `${table}_check`, table), expression }];
    context.report(
      finding(
        'warning',
        'structure.check',
        { side: 'source', table: pair.source.name, object: check.name },
        `Check ${check.name} of ${pair.source.name} is not carried: ${check.expression}`,
        ['Add it by hand after the run, in the words of the target.'],
      ),
    );
    return [];
  });
  const labels = pair.columns.flatMap((column) => labelCheck(column, pair, names, context) ?? []);
  return [...carried, ...labels];
}

/** The target would refuse the rows that do not meet it, after all of them were loaded. */
function reportNotValid({ name, expression }: Check, { source }: TablePair, { report }: Context): void {
  report(
    finding(
      'warning',
      'structure.not-validated',
      { side: 'source', table: source.name, object: name },
      `Check ${name} of ${source.name} is not carried: it is NOT VALID, so rows may break it: ${expression}`,
      [VALIDATE],
    ),
  );
}

export const VALIDATE = 'Have the source look at its rows first: ALTER TABLE … VALIDATE CONSTRAINT …';

/** MariaDB's way to say that a column is JSON; the target column's type says it. */
function saysOnlyJson({ expression }: Check, pair: TablePair): boolean {
  const column = /^\(*json_valid\(\s*[`"]?([^`")]+)[`"]?\s*\)+$/i.exec(expression.trim())?.[1];
  return pair.columns.some(({ source, targetLogical }) => source.name === column && targetLogical.kind === 'json');
}

/** An enum that became text keeps its list of values. */
function labelCheck(column: ColumnPair, pair: TablePair, names: Names, context: Context): Check | null {
  const { mapping, source, sourceLogical, shape, targetLogical } = column;
  const { targetCan, targetDialect } = context;
  if (shape || sourceLogical.kind !== 'enum' || targetLogical.kind !== 'text' || !targetCan.checks) return null;
  const blanks = context.profile[pair.source.name]?.[source.name]?.empty;
  const labels = [...sourceLogical.labels];
  if (blanks != null && blanks !== '0' && !labels.includes('')) labels.push('');
  const table = pair.mapping.target;
  const list = labels.map((label) => literal(label, targetDialect.syntax.backslashEscapes)).join(', ');
  return {
    name: names.constraint('', `${table}_${mapping.target}_check`, table),
    expression: `${targetDialect.ddl.quote(mapping.target)} IN (${list})`,
  };
}

function literal(text: string, backslashEscapes: boolean): string {
  const escaped = text.replaceAll("'", "''");
  return `'${backslashEscapes ? escaped.replaceAll('\\', '\\\\') : escaped}'`;
}
