// Findings on values: what the profile says of each column against the type that it shall have.

import { storageMisfits } from '../../dialects/observed.ts';
import { describe, equal } from '../../dialects/types.ts';
import { convertible } from '../../pipeline/convert.ts';
import { type Context, finding } from '../context.ts';
import type { ColumnPair, TablePair } from '../reconcile.ts';
import type { Judgement, Risk } from '../risks/risk.ts';
import { risksOf } from '../risks/risks.ts';

export function reportValues(pairs: readonly TablePair[], context: Context): void {
  for (const pair of pairs) for (const column of pair.columns) reportColumn(pair, column, context);
}

/** The risks of one column; none where source and target have the very same type of one family. */
export function columnRisks(column: ColumnPair, context: Context): Risk[] {
  const { mapping, source, sourceLogical, targetLogical } = column;
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

function reportColumn(pair: TablePair, column: ColumnPair, context: Context): void {
  const { mapping, source, sourceLogical, targetLogical } = column;
  if (!convertible(sourceLogical, targetLogical)) {
    report(pair, column, context, 'convert.unsupported', {
      severity: 'blocker',
      what: `can't be turned from ${describe(sourceLogical)} into ${mapping.type}`,
      remedies: [`Choose another type, such as ${textType(context)}.`],
    });
    return;
  }
  const answers = context.profile[pair.source.name]?.[source.name] ?? {};
  reportStorage(pair, column, context);
  for (const risk of columnRisks(column, context)) {
    const judgement = risk.judge(answers);
    if (judgement) report(pair, column, context, risk.code, withPolicy(judgement, column, context));
  }
  if (mapping.unrepresentable === 'null' && !source.nullable) {
    report(pair, column, context, 'value.null-into-not-null', {
      severity: 'warning',
      what: 'may not be NULL, so "unrepresentable": "null" can not help: a value that does not fit stops the run',
    });
  }
}

/** Only where columns do not bind their values (SQLite). */
function reportStorage(pair: TablePair, column: ColumnPair, context: Context): void {
  const answers = context.profile[pair.source.name]?.[column.source.name] ?? {};
  if (!context.sourceCan.dynamicTypes || column.targetLogical.kind === 'opaque') return;
  const misfits = storageMisfits(column.sourceLogical, answers);
  if (misfits > 0n) {
    report(pair, column, context, 'value.storage-misfit', {
      severity: 'blocker',
      what: `is declared ${column.source.native || 'without a type'} and holds ${misfits} ${misfits === 1n ? 'value' : 'values'} of another type`,
      rows: misfits.toString(),
      remedies: [`Choose ${textType(context)} for this column.`, 'Correct the values in the source.'],
    });
  } else if (!equal(column.sourceLogical, column.source.logical)) {
    report(pair, column, context, 'value.observed-type', {
      severity: 'note',
      what: `is declared ${column.source.native || 'without a type'}; its values are read as ${describe(column.sourceLogical)}, which they are`,
    });
  }
}

/** Values that are refused one by one may become NULL instead, where the column allows it and the project says so. */
function withPolicy(judgement: Judgement, { mapping, source }: ColumnPair, context: Context): Judgement {
  if (judgement.severity !== 'blocker') return judgement;
  const remedies = [...(judgement.remedies ?? [])];
  if (judgement.policy && source.nullable) {
    if (mapping.unrepresentable === 'null') {
      return {
        ...judgement,
        severity: 'warning',
        what: `${judgement.what}; they become NULL and are counted`,
        remedies,
      };
    }
    remedies.unshift('Set "unrepresentable": "null" on this column to store NULL instead, counted in the report.');
  }
  remedies.push(`Choose another type, such as ${textType(context)}.`);
  return { ...judgement, remedies };
}

function report(pair: TablePair, column: ColumnPair, context: Context, code: string, judgement: Judgement): void {
  const [table, name] = [pair.source.name, column.source.name];
  const { severity, what, rows, remedies } = judgement;
  context.report(
    finding(severity, code, { side: 'source', table, column: name }, `${table}.${name} ${what}.`, remedies, rows),
  );
}

function textType({ targetDialect, target }: Context): string {
  const facts = { answers: {}, keyed: false, identity: false };
  return targetDialect.types.propose({ kind: 'text', length: null, fixed: false }, facts, target.server).native;
}

function sameWords(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}
