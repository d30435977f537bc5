// The steps before a run begins, and what must hold before it may.

import { assertNever } from '../../../../shared/errors.ts';
import { estimateOf } from '../../../../shared/feeds.ts';
import { count, list, many } from '../../../../shared/format.ts';
import { isReplaced } from '../../../../shared/merging-words.ts';
import type { Family } from '../../../../shared/model/connection.ts';
import type { Plan, TablePlan } from '../../../../shared/model/plan.ts';

export const wizardSteps = ['scope', 'checks', 'safety', 'start'] as const;
export type WizardStep = (typeof wizardSteps)[number];

export const stepTitles: Readonly<Record<WizardStep, string>> = {
  scope: 'Scope',
  checks: 'Checks',
  safety: 'Safety',
  start: 'Start',
};

export function nextStep(step: WizardStep): WizardStep {
  return wizardSteps[wizardSteps.indexOf(step) + 1] ?? step;
}

export function stepBefore(step: WizardStep): WizardStep {
  return wizardSteps[wizardSteps.indexOf(step) - 1] ?? step;
}

/** Tables of the target that are exchanged, those that take rows in, and tables that are new there. */
export interface Scope {
  readonly replaced: readonly TablePlan[];
  /** Those into which rows go. */
  readonly merged: readonly TablePlan[];
  readonly added: readonly TablePlan[];
  readonly rows: number;
  /** Null when the source states no size. */
  readonly bytes: number | null;
}

export function scopeOf({ tables }: Plan): Scope {
  const sizes = tables.flatMap((table) => estimateOf(table).bytes ?? []);
  return {
    replaced: tables.filter(isReplaced),
    merged: tables.filter(({ merge }) => merge !== null),
    added: tables.filter(({ existing, merge }) => existing === null && merge === null),
    rows: tables.reduce((sum, table) => sum + estimateOf(table).rows, 0),
    bytes: sizes.length > 0 ? sizes.reduce((sum, each) => sum + each, 0) : null,
  };
}

/** What the person types before the run: the database's name, or the file's. */
export function targetName(url: string): string {
  const [, name = ''] = /([^/\\:]+)[/\\]*$/.exec(url.replace(/[?#].*$/, '')) ?? [];
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** Why what was typed for the target's name does not do; null when it is the name. */
export function nameFault(typed: string, name: string): string | null {
  if (typed === name) return null;
  return typed === '' ? 'Type the name of the target first.' : 'This is not the name of the target.';
}

const NAMED = 12;

/** "a, b and c"; of many the first twelve, and how many more. */
export function firstNames(names: readonly string[]): string {
  const more = names.length - NAMED;
  return more > 0 ? `${names.slice(0, NAMED).join(', ')} and ${count(more)} more` : list(names, NAMED);
}

/** Where something is, in words, and the name it has there. */
export interface Whereabouts {
  readonly words: string;
  readonly name: string;
}

/** Where replaced tables are kept. The run's name is given when it starts; until then it is `<run>`. */
export function backupPlace(family: Family, run: string): Whereabouts {
  switch (family) {
    case 'postgres':
      return { words: 'the schema', name: `drover_${run}_backup` };
    case 'mysql':
      return { words: 'the database', name: `drover_${run}_backup` };
    case 'sqlite':
      return { words: 'the same file, under names that begin with', name: `drover_${run}_b_` };
    default:
      return assertNever(family);
  }
}

export function backupName(family: Family, run: string, table: string): string {
  return family === 'sqlite' ? `drover_${run}_b_${table}` : `drover_${run}_backup.${table}`;
}

/** What was overwritten, and what was written, of a table into which rows go. */
export function mergeBackupNames(family: Family, run: string, table: string): string {
  const added = family === 'sqlite' ? `drover_${run}_a_${table}` : `drover_${run}_added.${table}`;
  return `${backupName(family, run, table)} and ${added}`;
}

/** Where a run works until it publishes. */
export function stagingPlace(family: Family, run: string): Whereabouts {
  switch (family) {
    case 'postgres':
      return { words: 'the schema', name: `drover_${run}` };
    case 'mysql':
      return { words: 'the database', name: `drover_${run}` };
    case 'sqlite':
      return { words: 'tables whose names begin with', name: `drover_${run}_s_` };
    default:
      return assertNever(family);
  }
}

/** What the safety of a run does not cover, for this very plan. */
export function notProtected({ source, tables, findings }: Plan): string[] {
  const codes = (code: string) => findings.filter((finding) => finding.code === code);
  const moving = codes('source.no-snapshot').flatMap(({ place }) => place.table ?? []);
  const lost = findings.filter(({ code }) => code.startsWith('not-carried.'));
  return [
    'Rows written to the source after its snapshot are not in the target.',
    ...(moving.length > 0
      ? [`${list(moving)} ${moving.length === 1 ? 'takes' : 'take'} no part in the snapshot: let nobody write there.`]
      : []),
    ...(source.family === 'sqlite'
      ? [
          'The source file is copied first; the disk of this machine needs as much free space. Drover does not check it.',
        ]
      : []),
    ...(lost.length > 0
      ? [
          `${many(lost.length, 'kind')} of objects ${lost.length === 1 ? 'is' : 'are'} not carried; the plan names them.`,
        ]
      : []),
    ...(tables.some(isReplaced)
      ? ['Rows that others write to a replaced table while the run loads stay in the backup, not in the new table.']
      : []),
    ...(tables.some(({ merge }) => merge)
      ? ['What triggers of a table do elsewhere when rows go into it is not taken back by a rollback.']
      : []),
    'If this machine or Drover is killed, your own tables are as before or all new, but the staging namespace stays behind.',
    'If the target can’t be reached at the end, the state is called unknown, and nothing is claimed.',
  ];
}
