// What the profile says of one column's values against the type that the column shall have.

import { many } from '../../../shared/format.ts';
import type { Answers } from '../../../shared/model/profile.ts';
import { storageMisfits } from '../../dialects/observed.ts';
import { describe, equal } from '../../dialects/types.ts';
import { convertible } from '../../pipeline/conversions.ts';
import type { Context } from '../context.ts';
import { isNothing } from '../nullability.ts';
import { countedRows, errorsOf } from '../pairs.ts';
import type { ColumnPair, TablePair } from '../reconcile.ts';
import { EACH_ROW, type Judgement, type Risk } from '../risks/risk.ts';
import { risksOf } from '../risks/risks.ts';
import { withApart } from './apart.ts';

export interface Judged extends Judgement {
  readonly code: string;
}

export function judgeColumn(
  pair: Pick<TablePair, 'source' | 'mapping'>,
  column: ColumnPair,
  context: Context,
): Judged[] {
  const errors = errorsOf(pair.mapping, context.project);
  return judged(pair, column, context).map((each) => ({
    ...each,
    ...withApart(each, errors, countedRows(pair.source, context.profile)),
  }));
}

function judged(pair: Pick<TablePair, 'source'>, column: ColumnPair, context: Context): Judged[] {
  const { mapping, source, sourceLogical, shape, targetLogical } = column;
  const moved = shape?.gives ?? sourceLogical;
  if (!convertible(moved, targetLogical)) {
    const after = shape ? ' after its steps' : '';
    const what = `can't be turned from ${describe(moved)}${after} into ${mapping.type}`;
    return [{ code: 'convert.unsupported', severity: 'blocker', what }];
  }
  // What the source knows of its values says nothing of them after steps.
  if (shape || isNothing(mapping)) return [];
  const answers = context.profile[pair.source.name]?.[source.name] ?? {};
  const found = [...judgeStorage(pair, column, context), ...judgeNulls(column, answers)];
  for (const risk of columnRisks(column, context)) {
    const judgement = risk.judge(answers);
    if (judgement) found.push({ code: risk.code, ...withPolicy(judgement, column) });
  }
  if (mapping.unrepresentable === 'null' && !source.nullable) {
    const what = 'may not be NULL, so NULL can’t be stored instead';
    found.push({ code: 'value.null-into-not-null', severity: 'warning', what, apart: 'a value that does not fit' });
  }
  return found;
}

/** The target column shall never be NULL, the source column may be. */
export function mayHoldForbiddenNull({ mapping, source, shape }: ColumnPair): boolean {
  return mapping.nullable === false && source.nullable && !shape && !isNothing(mapping);
}

function judgeNulls(column: ColumnPair, { nulls }: Answers): Judged[] {
  if (!mayHoldForbiddenNull(column) || nulls == null || nulls === '0') return [];
  const what = `holds ${many(Number(nulls), 'NULL')}, and shall never be NULL in the target`;
  return [{ code: 'value.null-not-allowed', severity: 'blocker', what, rows: nulls, apart: EACH_ROW }];
}

/** The risks of one column; none where source and target have the very same type of one family. */
export function columnRisks(column: ColumnPair, context: Context): Risk[] {
  const { mapping, source, sourceLogical, shape, targetLogical } = column;
  if (shape || isNothing(mapping)) return [];
  if (context.sameFamily && sameWords(mapping.type, source.native) && equal(sourceLogical, targetLogical)) return [];
  const { sourceCan, targetCan } = context;
  const takesEscapedNul = targetLogical.kind !== 'json' || isTypeForNul(mapping.type, context);
  return risksOf({
    from: sourceLogical,
    to: targetLogical,
    sourceCan,
    targetCan,
    native: mapping.type,
    takesEscapedNul,
  });
}

/** Asks the target what it would take for JSON with \\u0000 in it: PostgreSQL has json and jsonb, which differ in this. */
function isTypeForNul(native: string, { targetDialect, target }: Context): boolean {
  const facts = { answers: { nulCharacters: '1' }, keyed: false, identity: false };
  return sameWords(targetDialect.types.propose({ kind: 'json' }, facts, target.server).native, native);
}

/** Only where columns do not bind their values (SQLite). */
function judgeStorage(pair: Pick<TablePair, 'source'>, column: ColumnPair, context: Context): Judged[] {
  const answers = context.profile[pair.source.name]?.[column.source.name] ?? {};
  if (!context.sourceCan.dynamicTypes || column.targetLogical.kind === 'opaque') return [];
  const declared = `is declared ${column.source.native || 'without a type'}`;
  // Another family could not tell texts from bytes anyway, and takes the bytes of the texts.
  const bytes = column.sourceLogical.kind === 'binary' && column.targetLogical.kind === 'binary';
  const texts = bytes && !context.sameFamily ? BigInt(answers.storageText ?? 0) : 0n;
  const misfits = storageMisfits(column.sourceLogical, answers) - texts;
  if (misfits > 0n) {
    return [
      {
        code: 'value.storage-misfit',
        severity: 'blocker',
        what: `${declared} and holds ${many(Number(misfits), 'value')} of another type`,
        rows: misfits.toString(),
        advice: ['Correct the values in the source.'],
      },
    ];
  }
  if (texts > 0n) {
    const what = `${declared} and holds ${many(Number(texts), 'text')}, of which the target gets the bytes`;
    return [{ code: 'value.text-as-bytes', severity: 'warning', what, rows: texts.toString() }];
  }
  if (equal(column.sourceLogical, column.source.logical)) return [];
  const what = `${declared}; its values are read as ${describe(column.sourceLogical)}, which they are`;
  return [{ code: 'value.observed-type', severity: 'note', what }];
}

/** Values that are refused one by one become NULL instead, where the column allows it and the project says so. */
function withPolicy(judgement: Judgement, { mapping, source }: ColumnPair): Judgement {
  const { severity, policy, what } = judgement;
  if (severity !== 'blocker' || !policy || !source.nullable || mapping.unrepresentable !== 'null') return judgement;
  const { apart: _, ...alike } = judgement;
  return { ...alike, severity: 'warning', what: `${what}; they become NULL and are counted` };
}

export function sameWords(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}
