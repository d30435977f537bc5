// The report as one self-contained HTML file: verdict first, then the evidence, then how it was obtained; prints well.

import { fedWords } from '../../shared/feeds.ts';
import { count, duration } from '../../shared/format.ts';
import { leftReason } from '../../shared/left-out.ts';
import { mergedWords } from '../../shared/merging-words.ts';
import type { Difference, Report, TableReport } from '../../shared/model/report.ts';
import { style } from './style.ts';
import {
  agreeing,
  backupWords,
  businessWords,
  endings,
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

export function renderHtml(report: Report): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title(report))}</title>
<style>${style}</style>
</head>
<body>
<main>
<header>
<p class="kicker">${escapeHtml(title(report))}</p>
<h1 class="${report.rolledBackAt === null ? report.verdict : 'undone'}"><span class="mark">${headMark(report)}</span> ${escapeHtml(sentence(report.summary))}</h1>
<p class="quiet">${escapeHtml(endings(report))}</p>
</header>
${[failure(report), factList(report), leftOut(report), tables(report), businessRules(report), ...report.tables.map(evidence), findings(report), backups(report), steps(report), methodSection, signOff(report)].filter(Boolean).join('\n')}
</main>
</body>
</html>
`;
}

/** For text between tags and in attributes alike. */
export function escapeHtml(value: string): string {
  return value
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;');
}

function failure({ error }: Report): string {
  if (!error) return '';
  const lines: [string, string][] = [['What', error.message]];
  if (error.cause) lines.push(['Why', error.cause]);
  if (error.hint) lines.push(['What to do', error.hint]);
  lines.push(['Code', error.code]);
  return `<section class="failure"><h2>Error</h2>${definitions(lines)}</section>`;
}

function factList(report: Report): string {
  return `<section>${definitions(facts(report))}</section>`;
}

/** Before what arrived: who reads only the beginning must not miss it. */
function leftOut({ left }: Report): string {
  if (left.length === 0) return '';
  const rows = left.map(
    (each) =>
      `<tr>${cell(tableName(each))}<td>${escapeHtml(leftReason(each))}</td><td>${escapeHtml(leftHint(each))}</td></tr>`,
  );
  const different = left
    .filter((each) => each.differences.length > 0)
    .map((each) => `<h3>${escapeHtml(tableName(each))}</h3>${differences(each)}`);
  return `<section class="left-out"><h2>${leftHeading}</h2><table><thead><tr><th>Table</th><th>Why</th><th>What to do</th></tr></thead><tbody>${rows.join('\n')}</tbody></table>${different.join('\n')}</section>`;
}

function tables(report: Report): string {
  if (report.tables.length === 0) return '';
  const rows = report.tables.map(
    (each) => `<tr>
<th scope="row">${escapeHtml(tableName(each))}</th><td class="number">${count(each.sourceRows)}</td><td class="number">${count(each.targetRows)}</td>
<td class="digest">${digests(each)}</td>
<td class="number">${agreeing(each.witnesses)}</td><td class="number">${agreeing(each.structure)}</td><td class="number">${tableSeconds(each)}</td>
<td>${verdictCell(each.equal)}</td></tr>`,
  );
  const sum = (pick: (each: TableReport) => number) => count(report.tables.reduce((all, each) => all + pick(each), 0));
  return `<section><h2>Tables</h2>
<table><thead><tr><th>Table</th><th class="number">Rows in source</th><th class="number">Rows in target</th><th>Checksum</th><th class="number">Witnesses</th><th class="number">Structure</th><th class="number">Time</th><th>Result</th></tr></thead>
<tbody>${rows.join('\n')}</tbody>
<tfoot><tr><th scope="row">Total</th><td class="number">${sum((each) => each.sourceRows)}</td><td class="number">${sum((each) => each.targetRows)}</td><td colspan="5"></td></tr></tfoot></table></section>`;
}

function digests({ sourceDigest, targetDigest }: TableReport): string {
  if (sourceDigest === targetDigest) return escapeHtml(sourceDigest);
  return `${escapeHtml(sourceDigest)} source<br>${escapeHtml(targetDigest)} target`;
}

function evidence(each: TableReport): string {
  const parts = [
    differences(each),
    merged(each),
    feeds(each),
    quarantine(each),
    rules(each),
    changes(each),
    folded(
      'Witnesses, computed by each database itself',
      each.witnesses,
      ['Column', 'Question', 'Source', 'Target', ''],
      ({ column, question, source, target, equal }) =>
        `${cell(column || 'whole table')}<td>${escapeHtml(question)}</td>${valueCell(source)}${valueCell(target)}<td>${verdictCell(equal)}</td>`,
    ),
    folded(
      'Structure, plan against target',
      each.structure,
      ['What', 'Expected', 'Found', ''],
      ({ what, expected, actual, equal }) =>
        `<td>${escapeHtml(what)}</td>${cell(expected)}${cell(actual)}<td>${verdictCell(equal)}</td>`,
    ),
  ].filter(Boolean);
  if (parts.length === 0) return '';
  return `<section class="table"><h3>${escapeHtml(tableName(each))} ${verdictCell(each.equal)}</h3>${parts.join('\n')}</section>`;
}

/** Keys and columns are open, values behind a fold: a report is handed around. */
function differences(each: Pick<TableReport, 'differences' | 'differencesCut'>): string {
  if (each.differences.length === 0) return '';
  const cut = each.differencesCut ? '<p class="quiet">There are more differences than listed.</p>' : '';
  const rows = each.differences.map(
    (difference) =>
      `<tr><td>${escapeHtml(difference.kind)}</td>${cell(keyText(difference))}${cell(difference.column ?? '')}<td>${values(difference)}</td></tr>`,
  );
  return `<h4>Differences</h4><table><thead><tr><th>Row</th><th>Key</th><th>Column</th><th>Values</th></tr></thead><tbody>${rows.join('\n')}</tbody></table>${cut}`;
}

function values({ source, target }: Difference): string {
  if (source === null && target === null) return '';
  return `<details><summary>show</summary><dl class="values"><dt>source</dt><dd>${valueText(source)}</dd><dt>target</dt><dd>${valueText(target)}</dd></dl></details>`;
}

function merged({ merged: counts }: TableReport): string {
  return counts ? `<p>${escapeHtml(mergedWords(counts))}.</p>` : '';
}

function feeds({ feeds: sources }: TableReport): string {
  return sources.length > 0 ? `<p>${escapeHtml(`Fed by ${fedWords(sources)}.`)}</p>` : '';
}

function quarantine({ quarantined }: TableReport): string {
  return quarantined === 0 ? '' : `<p>${escapeHtml(inQuarantine(quarantined))}</p>`;
}

function businessRules({ rules: asked }: Report): string {
  if (asked.length === 0) return '';
  const rows = asked.map(
    (rule) => `<tr>${cell(rule.name)}<td>${rule.on}</td><td>${escapeHtml(businessWords(rule))}</td></tr>`,
  );
  return `<section><h2>Business rules</h2><table><thead><tr><th>Rule</th><th>Asked of</th><th>Result</th></tr></thead><tbody>${rows.join('')}</tbody></table></section>`;
}

function rules(each: TableReport): string {
  if (each.rules.length === 0) return '';
  const rows = each.rules.map(
    ({ what, broken, onBreak }) =>
      `<tr><td>${escapeHtml(what)}</td><td class="number">${count(broken)}</td><td>${fateWords(onBreak)}</td></tr>`,
  );
  return `<h4>Rules</h4><table><thead><tr><th>Rule</th><th class="number">Rows that break it</th><th>They</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function changes(each: TableReport): string {
  if (each.changes.length === 0) return '';
  const rows = each.changes.map(
    ({ what, rows: n }) => `<tr><td>${escapeHtml(what)}</td><td class="number">${count(n)}</td></tr>`,
  );
  return `<h4>Changed on purpose</h4><table><thead><tr><th>What</th><th class="number">Rows</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

/** A long list behind its count; open when something in it is not equal. */
function folded<T extends { readonly equal: boolean }>(
  name: string,
  points: readonly T[],
  head: readonly string[],
  cells: (point: T) => string,
): string {
  if (points.length === 0) return '';
  const open = points.some(({ equal }) => !equal) ? ' open' : '';
  const rows = points.map((point) => `<tr>${cells(point)}</tr>`).join('\n');
  return `<details${open}><summary>${name}: ${agreeing(points)} equal</summary><table><thead><tr>${head.map((each) => `<th>${each}</th>`).join('')}</tr></thead><tbody>${rows}</tbody></table></details>`;
}

function findings(report: Report): string {
  if (report.findings.length === 0) return '';
  const rows = report.findings.map(
    ({ severity, place, message, remedies }) =>
      `<tr><td class="${severity}">${severity}</td>${cell(placeText(place))}<td>${escapeHtml(message)}</td><td>${remedies.map((remedy) => escapeHtml(remedy.text)).join('<br>')}</td></tr>`,
  );
  return `<section><h2>Findings and decisions</h2><table><thead><tr><th>Severity</th><th>Where</th><th>What</th><th>What to do</th></tr></thead><tbody>${rows.join('\n')}</tbody></table></section>`;
}

function backups(report: Report): string {
  if (report.backups.length === 0) return '';
  const rows = report.backups.map((each) => `<tr>${cell(each.table)}${cell(each.keptAs)}</tr>`).join('');
  const [heading, keptAs] = backupWords(report);
  return `<section><h2>${heading}</h2><table><thead><tr><th>Table</th><th>${keptAs}</th></tr></thead><tbody>${rows}</tbody></table></section>`;
}

function steps(report: Report): string {
  if (report.steps.length === 0) return '';
  const rows = report.steps.map(
    ({ step, seconds }) => `<tr><td>${escapeHtml(step)}</td><td class="number">${duration(seconds)}</td></tr>`,
  );
  return `<section><h2>Steps</h2><table class="narrow"><tbody>${rows.join('')}</tbody></table></section>`;
}

const methodSection = `<section><h2>How it was compared</h2><p>${escapeHtml(method)}</p></section>`;

/** An empty line to sign by hand while nobody has signed. */
function signOff({ signatures }: Report): string {
  const empty = '<tr><td></td><td></td><td></td><td></td></tr>';
  const rows = signatures.map(
    ({ name, role, note, at }) =>
      `<tr><td>${escapeHtml(name)}</td><td>${escapeHtml(role)}</td><td>${escapeHtml(moment(at))}</td><td>${escapeHtml(note)}</td></tr>`,
  );
  const last = signatures.length > 0 ? 'Note' : 'Signature';
  return `<section class="${signatures.length > 0 ? 'signed' : 'sign-off'}"><h2>Sign-off</h2>
<table><thead><tr><th>Name</th><th>Role</th><th>Date</th><th>${last}</th></tr></thead>
<tbody>${rows.join('\n') || empty}</tbody></table></section>`;
}

function definitions(pairs: readonly (readonly [string, string])[]): string {
  return `<dl>${pairs.map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`).join('')}</dl>`;
}

function keyText({ key }: Difference): string {
  return Object.entries(key)
    .map(([name, value]) => `${name} = ${value}`)
    .join(', ');
}

function cell(value: string): string {
  return `<td class="data">${escapeHtml(value)}</td>`;
}

function valueCell(value: string | null): string {
  return `<td class="data">${valueText(value)}</td>`;
}

function valueText(value: string | null): string {
  return value === null ? '<span class="quiet">NULL</span>' : escapeHtml(value);
}

function verdictCell(equal: boolean): string {
  return `<span class="${equal ? 'verified' : 'different'}">${mark(equal)} ${equal ? 'equal' : 'different'}</span>`;
}

function headMark({ verdict, rolledBackAt }: Report): string {
  if (rolledBackAt !== null) return '↶';
  return verdict === 'partial' ? '▲' : mark(verdict === 'verified');
}

function mark(good: boolean): string {
  return good ? '✓' : '✗';
}
