// One remedy for many findings of the same code: what can be taken for all of them with one click.

import { assertNever } from '../../../../shared/errors.ts';
import { many } from '../../../../shared/format.ts';
import type { Change, Finding } from '../../../../shared/model/finding.ts';

export interface BulkRemedy {
  readonly kind: Change['kind'];
  /** "Store NULL instead in all 37 columns". */
  readonly text: string;
  readonly changes: readonly Change[];
}

/** Of each kind of change the first that a finding offers; only kinds that serve two findings or more. */
export function bulkRemedies(findings: readonly Finding[]): BulkRemedy[] {
  if (findings.length < 2) return [];
  const byKind = new Map<Change['kind'], Change[]>();
  for (const { remedies } of findings) {
    const taken = new Set<Change['kind']>();
    for (const { change } of remedies) {
      if (!change || taken.has(change.kind)) continue;
      taken.add(change.kind);
      byKind.set(change.kind, [...(byKind.get(change.kind) ?? []), change]);
    }
  }
  return [...byKind]
    .filter(([, serving]) => serving.length > 1)
    .map(([kind, serving]) => {
      const changes = unlike(serving);
      return {
        kind,
        changes,
        text: textOf(kind, changes, serving.length === findings.length ? null : findings.length),
      };
    });
}

/** What is done for a table is done once, however many of its columns ask for it. */
function unlike(changes: readonly Change[]): Change[] {
  return [...new Map(changes.map((change) => [JSON.stringify(change), change])).values()];
}

/** `of`: the findings, where some are not served. */
function textOf(kind: Change['kind'], changes: readonly Change[], of: number | null): string {
  if (changes.length === 1) return nameOf(changes[0]!);
  const isTable = !changes.some((change) => 'column' in change);
  const whole = changes.length === 2 ? 'both' : `all ${changes.length}`;
  const all = of === null ? whole : `${changes.length} of ${of}`;
  const which = isTable ? `${all} tables` : `${all} columns`;
  switch (kind) {
    case 'type':
      return `Take ${sameType(changes) ?? 'the proposed type'} for ${which}`;
    case 'null misfits':
      return `Store NULL for what does not fit in ${which}`;
    case 'allow null':
      return `Let ${which} be NULL`;
    case 'rename table':
    case 'rename column':
      return `Take the proposed name for ${which}`;
    case 'skip table':
    case 'skip column':
      return `Leave out ${which}`;
    case 'filter':
      return `Leave out such rows of ${which}`;
    case 'keep aside':
    case 'add rule':
      return `Keep such rows of ${which} aside in quarantine`;
    case 'leave out key':
      return `Do without these keys of ${which}`;
    case 'mode':
      return modeText(changes, which);
    case 'join':
      return `Let ${which} feed those of their names`;
    case 'number from':
      return `Take the proposed numbers for ${which}`;
    default:
      return assertNever(kind);
  }
}

function modeText(changes: readonly Change[], which: string): string {
  const modes = new Set(changes.map((change) => (change.kind === 'mode' ? change.mode : '')));
  if (modes.size === 1 && modes.has('replace')) return `Replace ${which} and keep the old ones as a backup`;
  return modes.size === 1 ? `Take the mode ${[...modes][0]} for ${which}` : `Take the proposed mode for ${which}`;
}

function sameType(changes: readonly Change[]): string | null {
  const types = new Set(changes.map((change) => (change.kind === 'type' ? change.type : '')));
  return types.size === 1 ? ([...types][0] ?? null) : null;
}

/** As the list of undoable changes names it. */
export function nameOf(change: Change): string {
  switch (change.kind) {
    case 'type':
      return `Make ${change.table}.${change.column} ${change.type}`;
    case 'null misfits':
      return `Store NULL for what does not fit in ${change.table}.${change.column}`;
    case 'allow null':
      return `Let ${change.table}.${change.column} be NULL`;
    case 'rename table':
      return `Rename ${change.table} to ${change.to}`;
    case 'rename column':
      return `Rename ${change.table}.${change.column} to ${change.to}`;
    case 'skip table':
      return `Leave out ${change.table}`;
    case 'skip column':
      return `Leave out ${change.table}.${change.column}`;
    case 'filter':
      return `Leave rows of ${change.table} out`;
    case 'keep aside':
      return `Keep rows of ${change.table} that do not fit aside`;
    case 'add rule':
      return `Add a rule to ${change.table}`;
    case 'leave out key':
      return `Leave out the key of ${change.table} to ${change.to}`;
    case 'mode':
      return `${{ create: 'Create', replace: 'Replace', append: 'Append to', upsert: 'Upsert' }[change.mode]} ${change.table}`;
    case 'join':
      return `Let ${change.table} feed the table of its name`;
    case 'number from':
      return `Number ${change.table} from ${change.start} on`;
    default:
      return assertNever(change);
  }
}

export function nameOfBulk(changes: readonly Change[]): string {
  return changes.length === 1 ? nameOf(changes[0]!) : `Take one remedy ${many(changes.length, 'time')}`;
}
