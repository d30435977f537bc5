// What must be asked of the source before a plan can be judged, and of the target's tables that stand in the way.

import type { LogicalType } from '../../shared/model/logical-type.ts';
import type { Profile, Question } from '../../shared/model/profile.ts';
import { storageQuestions } from '../dialects/observed.ts';
import type { ProfileRequest } from '../dialects/session.ts';
import { chunkColumn } from './chunks.ts';
import { type Context, contextOf, type PlanSides } from './context.ts';
import { outerFilter, tableName } from './derived.ts';
import { existingTable } from './existing.ts';
import { columnRisks, mayHoldForbiddenNull } from './findings/judging.ts';
import { type ColumnPair, reconcile, type TablePair } from './reconcile.ts';

/**
 * One request a table of the source; tables with nothing to ask are left out. `stored` holds how values are stored,
 * where a column's declared type does not bind them. Throws what `reconcile` throws.
 */
export function questionsForPlan(sides: PlanSides, stored: Profile): ProfileRequest[] {
  const context = contextOf(sides, stored, () => undefined);
  return reconcile(context).flatMap((pair) => {
    const questions: ProfileRequest['questions'][number][] = pair.columns.flatMap((column) => {
      const ask = columnQuestions(column, pair, context);
      return ask.length > 0
        ? [{ column: column.source.name, logical: column.source.logical, collation: column.source.collation, ask }]
        : [];
    });
    const filter = outerFilter(pair.mapping);
    if (filter !== null || pair.mapping.limit) questions.unshift({ column: '', logical: COUNTED, ask: ['count'] });
    return questions.length > 0 ? [{ table: tableName(pair.source), filter, questions }] : [];
  });
}

/** Counts the rows of tables that the plan would replace. */
export function questionsForTarget(sides: PlanSides): ProfileRequest[] {
  const context = contextOf(sides, {}, () => undefined);
  return sides.project.tables.flatMap((mapping) => {
    const standing = mapping.skip ? null : existingTable(mapping.target, sides.target, context);
    if (!standing) return [];
    const questions = [{ column: '', logical: COUNTED, ask: ['count' as const] }];
    return [{ table: { name: standing.name, staging: null }, filter: null, questions }];
  });
}

const COUNTED: LogicalType = { kind: 'integer', bits: 64, unsigned: false };

function columnQuestions(column: ColumnPair, pair: TablePair, context: Context): Question[] {
  // Asked again with a filter: what the plan says of misfits must hold for the rows that move.
  const ask = new Set<Question>(context.sourceCan.dynamicTypes ? storageQuestions(column.source.logical) : []);
  for (const risk of columnRisks(column, context)) for (const question of risk.ask) ask.add(question);
  if (mayHoldForbiddenNull(column)) ask.add('nulls');
  if (chunkColumn(pair.source) === column.source.name) {
    ask.add('min');
    ask.add('max');
  }
  return [...ask];
}
