// The verdict of a report in one sentence, from its evidence alone.

import { count, list, many } from './format.ts';
import type { Report, TableReport } from './model/report.ts';

/** "All 625,476 rows arrived; every checksum matches", "3 rows differ in orders" … */
export function summarize(report: Omit<Report, 'summary'>): string {
  switch (report.verdict) {
    case 'verified':
      return verifiedSentence(report);
    case 'partial':
      return partialSentence(report);
    case 'different':
      return differentSentence(report);
    case 'failed':
      return report.error ? report.error.message : 'The run failed; nothing is known to have arrived.';
  }
}

/** What arrived, what was kept aside, and what nobody looked at. */
function verifiedSentence(report: Omit<Report, 'summary'>): string {
  const kept = report.tables.reduce((sum, { quarantined }) => sum + quarantined, 0);
  const apart = report.findings.filter(({ code }) => code === 'verify.not-compared').length;
  return [
    comparedSentence(report),
    ...(kept > 0 ? [`${many(kept, 'row')} ${kept === 1 ? 'is' : 'are'} in quarantine`] : []),
    ...(apart > 0 ? [`${many(apart, 'table')} ${apart === 1 ? 'was' : 'were'} not compared`] : []),
  ].join('; ');
}

/** Never more than is so: what was left out comes first. */
function partialSentence(report: Omit<Report, 'summary'>): string {
  const names = list(
    report.left.map(({ target }) => target),
    4,
  );
  const out = `Published, ${many(report.left.length, 'table')} left out (${names})`;
  if (report.tables.every(({ targetRows }) => targetRows === 0)) return `${out}; the others are empty on both sides`;
  const others = verifiedSentence(report);
  return `${out}; of the others ${others.charAt(0).toLowerCase()}${others.slice(1)}`;
}

function comparedSentence({ kind, tables }: Omit<Report, 'summary'>): string {
  const kept = tables.some(({ quarantined }) => quarantined > 0);
  const rows = tables.reduce((sum, table) => sum + table.targetRows, 0);
  if (rows === 0) return `${many(tables.length, 'table')} compared: all are empty on both sides`;
  if (kind === 'verification') {
    return rows === 1
      ? 'The one row is the same on both sides; its checksum matches'
      : `All ${count(rows)} rows are the same on both sides; every checksum matches`;
  }
  return rows === 1
    ? 'The one row arrived; its checksum matches'
    : `${kept ? '' : 'All '}${count(rows)} rows arrived; every checksum matches`;
}

function differentSentence({ tables, rules }: Omit<Report, 'summary'>): string {
  const unequal = tables.filter(({ equal }) => !equal);
  const parts = [
    ...unequal.map((table, i) => tablePart(table, i === 0)),
    ...rules
      .filter(({ broken, onBreak }) => broken === null || (broken > 0 && onBreak === 'stop'))
      .map((rule, i) => rulePart(rule, unequal.length + i === 0)),
  ];
  const shown = parts.length > 3 ? [...parts.slice(0, 3), moreWords(unequal.length, parts.length)] : parts;
  return shown.length > 0 ? shown.join('; ') : 'Source and target differ';
}

/** Of more than three parts those that are not told. */
function moreWords(tables: number, parts: number): string {
  const rest = Math.max(0, tables - 3);
  const rules = parts - 3 - rest;
  return [
    ...(rest > 0 ? [`${many(rest, 'more table')} ${rest === 1 ? 'differs' : 'differ'}`] : []),
    ...(rules > 0 ? [`${many(rules, 'more rule')} ${rules === 1 ? 'does' : 'do'} not hold`] : []),
  ].join('; ');
}

function rulePart({ name, broken }: Report['rules'][number], first: boolean): string {
  const rule = `${first ? 'The' : 'the'} rule "${name}"`;
  return broken === null ? `${rule} could not be asked` : `${rule} is broken by ${many(broken, 'row')}`;
}

function tablePart(table: TableReport, first: boolean): string {
  const rows = differingRows(table);
  const least = table.differencesCut ? (first ? 'At least ' : 'at least ') : '';
  if (rows > 0) return `${least}${many(rows, 'row')} ${rows === 1 ? 'differs' : 'differ'} in ${table.target}`;
  const apart = Math.abs(table.sourceRows - table.targetRows);
  if (apart > 0)
    return `${many(apart, 'row')} too ${table.targetRows < table.sourceRows ? 'few' : 'many'} in ${table.target}`;
  if (table.sourceDigest !== table.targetDigest) return `the checksums of ${table.target} do not match`;
  const structure = table.structure.filter(({ equal }) => !equal).map(({ what }) => what);
  if (structure.length > 0)
    return `the rows of ${table.target} match, but its structure differs: ${list(structure, 3)}`;
  return `the rows of ${table.target} match, but the databases' own figures differ`;
}

/** A changed row is one, however many of its columns changed. */
export function differingRows({ differences }: TableReport): number {
  return new Set(differences.map(({ kind, key }) => `${kind} ${JSON.stringify(key)}`)).size;
}
