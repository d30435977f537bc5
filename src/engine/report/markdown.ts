// The report as Markdown: reads well as plain text; values of rows are masked, keys and columns are not.

import { fedWords } from '../../shared/feeds.ts';
import { count, many } from '../../shared/format.ts';
import { leftReason } from '../../shared/left-out.ts';
import { mergedWords } from '../../shared/merging-words.ts';
import type { Difference, Report, TableReport } from '../../shared/model/report.ts';
import {
  agreeing,
  backupWords,
  businessWords,
  ending,
  facts,
  fateWords,
  inQuarantine,
  leftHeading,
  leftHint,
  method,
  moment,
  placeText,
  sentence,
  tableName,
  tableSeconds,
  title,
} from './words.ts';

const DIFFERENCES_SHOWN = 100;

export function renderMarkdown(report: Report): string {
  const sections = [
    `# ${text(title(report))}`,
    `**${ending(report)}.** ${text(sentence(report.summary))}`,
    failure(report),
    table(['', ''], facts(report)),
    leftOut(report),
    tables(report),
    businessRules(report),
    ...report.tables.map(evidence),
    findings(report),
    backups(report),
    steps(report),
    `## How it was compared\n\n${text(method)}`,
    signOff(report),
  ];
  return `${sections.filter(Boolean).join('\n\n')}\n`;
}

/** Everything that Markdown or HTML would take for markup is escaped; a line break becomes a blank. */
export function text(value: string): string {
  return value
    .replace(/[\r\n\t]+/g, ' ')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[\\`*_[\]|~#]/g, '\\$&');
}

function table(head: readonly string[], rows: readonly (readonly string[])[], right: readonly number[] = []): string {
  const rule = head.map((_, i) => (right.includes(i) ? '---:' : '---'));
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(rule), ...rows.map((row) => line(row.map(text)))].join('\n');
}

function failure({ error }: Report): string {
  if (!error) return '';
  const parts = [`- What: ${text(error.message)}`];
  if (error.cause) parts.push(`- Why: ${text(error.cause)}`);
  if (error.hint) parts.push(`- What to do: ${text(error.hint)}`);
  return `## Error\n\n${parts.join('\n')}\n- Code: ${text(error.code)}`;
}

/** Before what arrived: who reads only the beginning must not miss it. */
function leftOut({ left }: Report): string {
  if (left.length === 0) return '';
  const rows = left.map((each) => [tableName(each), leftReason(each), leftHint(each)]);
  const different = left
    .filter((each) => each.differences.length > 0)
    .map((each) => `### ${text(tableName(each))}\n\n${differences(each)}`);
  return [`## ${leftHeading}\n\n${table(['Table', 'Why', 'What to do'], rows)}`, ...different].join('\n\n');
}

function tables(report: Report): string {
  if (report.tables.length === 0) return '';
  const rows = report.tables.map((each) => [
    tableName(each),
    count(each.sourceRows),
    count(each.targetRows),
    each.sourceDigest,
    each.targetDigest,
    agreeing(each.witnesses),
    agreeing(each.structure),
    tableSeconds(each),
    each.equal ? 'equal' : 'different',
  ]);
  const head = [
    'Table',
    'Rows in source',
    'Rows in target',
    'Source checksum',
    'Target checksum',
    'Witnesses',
    'Structure',
    'Time',
    'Result',
  ];
  return `## Tables\n\n${table(head, rows, [1, 2, 7])}`;
}

function businessRules({ rules }: Report): string {
  if (rules.length === 0) return '';
  const rows = rules.map((rule) => [rule.name, rule.on, businessWords(rule)]);
  return `## Business rules\n\n${table(['Rule', 'Asked of', 'Result'], rows)}`;
}

/** Only what needs a second look: what differs, and what was changed on purpose. */
function evidence(each: TableReport): string {
  const parts: string[] = [];
  const witnesses = each.witnesses.filter(({ equal }) => !equal);
  const structure = each.structure.filter(({ equal }) => !equal);
  if (each.differences.length > 0) parts.push(differences(each));
  if (each.merged) parts.push(`${text(mergedWords(each.merged))}.`);
  if (each.feeds.length > 0) parts.push(`Fed by ${text(fedWords(each.feeds))}.`);
  if (each.quarantined > 0) parts.push(inQuarantine(each.quarantined));
  if (witnesses.length > 0) {
    const rows = witnesses.map(({ column, question, source, target }) => [
      column,
      question,
      source ?? 'NULL',
      target ?? 'NULL',
    ]);
    parts.push(table(['Column', 'Witness', 'Source', 'Target'], rows));
  }
  if (structure.length > 0) {
    parts.push(
      table(
        ['Structure', 'Expected', 'Found'],
        structure.map(({ what, expected, actual }) => [what, expected, actual]),
      ),
    );
  }
  if (each.rules.length > 0) {
    parts.push(
      table(
        ['Rule', 'Rows that break it', 'They'],
        each.rules.map(({ what, broken, onBreak }) => [what, count(broken), fateWords(onBreak)]),
        [1],
      ),
    );
  }
  if (each.changes.length > 0) {
    parts.push(
      table(
        ['Changed on purpose', 'Rows'],
        each.changes.map(({ what, rows }) => [what, count(rows)]),
        [1],
      ),
    );
  }
  return parts.length > 0 ? `### ${text(tableName(each))}\n\n${parts.join('\n\n')}` : '';
}

function differences(each: Pick<TableReport, 'differences' | 'differencesCut'>): string {
  const shown = each.differences.slice(0, DIFFERENCES_SHOWN);
  const rows = shown.map((difference) => [
    difference.kind,
    keyText(difference),
    difference.column ?? '',
    masked(difference.source),
    masked(difference.target),
  ]);
  const more = each.differences.length > shown.length || each.differencesCut;
  const note = `Values are masked here; the HTML and JSON reports hold them.${more ? ' There are more differences than listed.' : ''}`;
  return `${table(['Row', 'Key', 'Column', 'Source', 'Target'], rows)}\n\n${note}`;
}

function keyText({ key }: Difference): string {
  return Object.entries(key)
    .map(([name, value]) => `${name} = ${value}`)
    .join(', ');
}

function masked(value: string | null): string {
  return value === null ? '' : `•••• (${many(value.length, 'character')})`;
}

function findings(report: Report): string {
  if (report.findings.length === 0) return '';
  const rows = report.findings.map(({ severity, place, message, remedies }) => [
    severity,
    placeText(place),
    message,
    remedies.map((remedy) => remedy.text).join(' '),
  ]);
  return `## Findings\n\n${table(['Severity', 'Where', 'What', 'What to do'], rows)}`;
}

function backups(report: Report): string {
  if (report.backups.length === 0) return '';
  const [heading, keptAs] = backupWords(report);
  return `## ${heading}\n\n${table(
    ['Table', keptAs],
    report.backups.map((each) => [each.table, each.keptAs]),
  )}`;
}

function steps(report: Report): string {
  if (report.steps.length === 0) return '';
  return `## Steps\n\n${table(
    ['Step', 'Seconds'],
    report.steps.map(({ step, seconds }) => [step, seconds.toFixed(2)]),
    [1],
  )}`;
}

/** An empty line to sign by hand while nobody has signed. */
function signOff({ signatures }: Report): string {
  const rows = signatures.map(({ name, role, note, at }) => [name, role, moment(at), note]);
  const last = rows.length > 0 ? 'Note' : 'Signature';
  return `## Sign-off\n\n${table(['Name', 'Role', 'Date', last], rows.length > 0 ? rows : [['', '', '', '']])}`;
}
