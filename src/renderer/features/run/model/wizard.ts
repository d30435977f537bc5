// The steps before a run begins, and what must hold before it may.

import { assertNever } from '../../../../shared/errors.ts';
import { estimateOf } from '../../../../shared/feeds.ts';
import { count, list, many } from '../../../../shared/format.ts';
import { isReplaced } from '../../../../shared/merging-words.ts';
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

/** Why it is published in this way, and what follows from it. */
export function publishReasons({ target, tables, findings }: Plan): string[] {
  const replaced = tables.filter(isReplaced).length;
  const merged = tables.filter(({ merge }) => merge).length;
  const refilled = tables.filter(({ merge }) => merge?.refills).length;
  const added = tables.length - replaced - merged;
  const fates = [
    replaced > 0 ? `${many(replaced, 'table')} exchanged` : '',
    refilled > 0 ? `${many(refilled, 'table')} with rows exchanged` : '',
    merged > refilled ? `${many(merged - refilled, 'table')} with rows added` : '',
    added > 0 ? `${count(added)} new` : '',
  ].filter(Boolean);
  return [
    `All or nothing: ${list(fates)}. Nobody ever sees some of them without the others${target.family === 'mysql' && merged > 0 && added > 0 ? ', but for new tables, which stand a moment before the rows do' : ''}.`,
    atomicWords(target.family),
    ...findings.filter(({ code }) => code === 'target.refilled').map(({ message }) => message),
    ...carriedWords(findings.filter(({ code }) => code === 'target.carried')),
    'It needs the tables for itself for a moment: others who use them are waited for, but not for ever. In vain, nothing is published, and everything is taken back.',
  ];
}

/** Of many tables the first are told here, the others in the plan. */
function carriedWords(carried: Plan['findings']): string[] {
  if (carried.length === 0) return [];
  const more = carried.length - CARRIED_SHOWN;
  return [
    'The old tables could not keep what hangs on them: in the same transaction that is made anew on the new tables, and by a rollback on the old ones.',
    ...carried.slice(0, CARRIED_SHOWN).map(({ message }) => message),
    ...(more > 0 ? [`So is what hangs on ${many(more, 'further table')}; the plan names it.`] : []),
  ];
}

const CARRIED_SHOWN = 4;

function atomicWords(family: Plan['target']['family']): string {
  switch (family) {
    case 'postgres':
      return 'PostgreSQL changes structure within transactions: everybody reads the old tables until it commits, and all new ones from then on.';
    case 'mysql':
      return 'MySQL and MariaDB commit at every change of structure; a RENAME of several tables is the one statement that exchanges all of them at once.';
    case 'sqlite':
      return 'SQLite changes structure within transactions: a program that opens the file finds all tables old or all new.';
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
    'If this machine or Drover is killed, your own tables are as before or all new; the staging stays until you resume the run or roll it back.',
    'If the target can’t be reached at the end, the state is called unknown, and nothing is claimed.',
  ];
}
