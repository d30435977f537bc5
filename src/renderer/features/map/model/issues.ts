// Issues: what is known to be wrong with a mapping, by table and column: the plan's findings, its error, and names given twice.

import type { DroverErrorData } from '../../../../shared/errors.ts';
import { joinedTo } from '../../../../shared/feeds.ts';
import type { Family } from '../../../../shared/model/connection.ts';
import type { Change, Finding, Severity } from '../../../../shared/model/finding.ts';
import type { Project, TableMapping } from '../../../../shared/model/mapping.ts';

/** Findings of one source table; with a column those of the column, with null those of the table itself. */
export type FindingsAt = (table: string, column?: string | null) => readonly Finding[];

export interface IssueSources {
  readonly project: Project;
  /** null until the target is known. */
  readonly family: Family | null;
  readonly planned: FindingsAt;
  readonly error: DroverErrorData | null;
}

/** As `planned`, with what the plan could not get past, and what needs no plan to be seen. */
export function issuesOf({ project, family, planned, error }: IssueSources): FindingsAt {
  const twins = new Map<string, Finding[]>();
  for (const twin of twinTables(project.tables, family)) {
    const { table = '' } = twin.place;
    twins.set(table, [...(twins.get(table) ?? []), twin]);
  }
  const failure = error && asFinding(error, project);
  const tables = new Map(project.tables.map((table) => [table.source, table]));

  return (table, column) => {
    const mapping = tables.get(table);
    const own = [...(twins.get(table) ?? []), ...(mapping && !mapping.skip ? twinColumns(mapping, family) : [])];
    const failed = failure?.place.table === table ? [failure] : [];
    const found = withFresh(withFresh(planned(table), own), failed);
    return column === undefined ? found : found.filter(({ place }) => (place.column ?? null) === column);
  };
}

/** Of names given twice, whoever knows it first tells it alone: the plan knows the best remedies. */
function withFresh(said: readonly Finding[], more: readonly Finding[]): readonly Finding[] {
  const told = said.some(({ code }) => code === COLLISION);
  const fresh = told ? more.filter(({ code }) => code !== COLLISION) : more;
  return fresh.length === 0 ? said : [...said, ...fresh];
}

const COLLISION = 'map.name-collision';

/** Whether the error has a row or a field of its own to stand at. */
export function hasPlace(error: DroverErrorData, project: Project): boolean {
  return asFinding(error, project) !== null;
}

export function tally(findings: readonly Finding[]): Readonly<Record<Severity, number>> {
  const counts = { blocker: 0, warning: 0, note: 0 };
  for (const { severity } of findings) counts[severity]++;
  return counts;
}

export function worst(findings: readonly Finding[]): Severity | null {
  const { blocker, warning, note } = tally(findings);
  if (blocker > 0) return 'blocker';
  if (warning > 0) return 'warning';
  return note > 0 ? 'note' : null;
}

/** Names that this project would give twice, whatever was planned. */
export function collisionsIn({ tables }: Project, family: Family | null): readonly Finding[] {
  const columns = tables.filter(({ skip }) => !skip).flatMap((table) => twinColumns(table, family));
  return [...twinTables(tables, family), ...columns];
}

function asFinding({ code, message, hint, where }: DroverErrorData, { tables }: Project): Finding | null {
  const named = where.table;
  if (named === undefined) return null;
  const owner = tables.find(({ source, target }) => (where.side === 'target' ? target : source) === named);
  if (!owner) return null;
  const place = { side: 'project' as const, table: owner.source };
  return {
    code,
    severity: 'blocker',
    place: where.column === undefined ? place : { ...place, column: where.column },
    message,
    remedies: hint === null ? [] : [{ text: hint }],
  };
}

function twinTables(tables: readonly TableMapping[], family: Family | null): Finding[] {
  const ignoreCase = family === 'sqlite';
  const joined = joinedTo(tables, (name) => (ignoreCase ? name.toLowerCase() : name));
  const making = tables.filter((table) => !table.skip && !joined.has(table));
  return namesakes(making, ignoreCase).map(({ first, second }) => {
    const { source, target } = second;
    const found = collision(
      `${first.source} and ${source} would both become ${target}.`,
      { side: 'project', table: source },
      { kind: 'skip table', table: source },
    );
    const both = { text: `Let both feed ${target}.`, change: { kind: 'join', table: source } } as const;
    return { ...found, remedies: [...found.remedies, both] };
  });
}

function twinColumns(mapping: TableMapping, family: Family | null): readonly Finding[] {
  const ignoreCase = family === 'mysql' || family === 'sqlite';
  const remembered = ignoreCase ? folded : exact;
  const known = remembered.get(mapping);
  if (known) return known;
  const moving = mapping.columns.filter(({ skip }) => !skip);
  const found = namesakes(moving, ignoreCase).map(({ first, second }) =>
    collision(
      `${first.source} and ${second.source} would both become ${second.target}.`,
      { side: 'project', table: mapping.source, column: second.source },
      { kind: 'skip column', table: mapping.source, column: second.source },
    ),
  );
  remembered.set(mapping, found);
  return found;
}

/** A mapping never changes: a changed one is another object. */
const exact = new WeakMap<TableMapping, readonly Finding[]>();
const folded = new WeakMap<TableMapping, readonly Finding[]>();

type LeaveOut = Extract<Change, { kind: 'skip table' | 'skip column' }>;

function collision(message: string, place: Finding['place'], leaveOut: LeaveOut): Finding {
  const name = leaveOut.kind === 'skip table' ? leaveOut.table : leaveOut.column;
  return {
    code: COLLISION,
    severity: 'blocker',
    place,
    message,
    remedies: [{ text: 'Give one of them another name.' }, { text: `Leave out ${name}.`, change: leaveOut }],
  };
}

interface Named {
  readonly target: string;
}

function namesakes<N extends Named>(all: readonly N[], ignoreCase: boolean): { first: N; second: N }[] {
  const taken = new Map<string, N>();
  return all.flatMap((second) => {
    const key = ignoreCase ? second.target.toLowerCase() : second.target;
    const first = taken.get(key);
    taken.set(key, first ?? second);
    return first ? [{ first, second }] : [];
  });
}
