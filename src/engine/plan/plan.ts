// The plan: everything a run will do, from the mapping, both catalogues and what the values say. Touches nothing.

import type { Finding, Severity } from '../../shared/model/finding.ts';
import type { Plan, TablePlan } from '../../shared/model/plan.ts';
import type { Profile } from '../../shared/model/profile.ts';
import { type Context, contextOf, finding, type PlanSides } from './context.ts';
import { keyedInTarget } from './declared.ts';
import { reportObjects } from './findings/objects.ts';
import { reportTarget } from './findings/target.ts';
import { reportTypes } from './findings/types.ts';
import { reportValues } from './findings/values.ts';
import { reportCycles } from './lookups.ts';
import { draftMerged } from './merging/draft.ts';
import { reportMerged } from './merging/findings.ts';
import { createNames, stayingTables } from './names.ts';
import { dependencyGroups } from './order.ts';
import { existingTable, reconcile, type TablePair } from './reconcile.ts';
import { reportShapes } from './shapes.ts';
import { type Draft, draftTable } from './table.ts';

export interface PlanRequest extends PlanSides {
  /** Answers to `questionsForPlan`, of the source. */
  readonly profile: Profile;
  /** Answers to `questionsForTarget`; a table without an answer counts as one with rows. */
  readonly targetProfile: Profile;
  /** What was found when tables were derived and rules asked. */
  readonly findings?: readonly Finding[];
  readonly rules?: Readonly<Plan['rules']>;
  /** Rows whose key stands in the target already, by source table, where that was cheap to count. */
  readonly conflicts?: Readonly<Record<string, number>>;
}

/** Throws `project.drift`, `project.invalid`, `map.nothing-to-do`. Blockers are findings. */
export function makePlan(request: PlanRequest): Plan {
  const findings: Finding[] = [...(request.findings ?? [])];
  const context = contextOf(request, request.profile, (each) => findings.push(each));
  reportDrift(context);
  const pairs = reconcile(context);
  const drafts = draftTables(pairs, request);

  reportShapes(pairs, context);
  reportCycles(pairs, context);
  reportValues(pairs, context);
  reportTarget(drafts, context);
  reportMerged(pairs, drafts, context);
  reportObjects(pairs, context);

  return {
    project: request.project.name,
    source: request.source.server,
    target: request.target.server,
    sourceFingerprint: request.source.fingerprint,
    targetFingerprint: request.target.fingerprint,
    publish: context.targetCan.publish,
    rules: [...(request.rules ?? [])],
    order: orderOf(drafts),
    tables: drafts.map((draft) => withDdl(draft, context)),
    findings: mostUrgentFirst(withoutRepeats(findings)),
  };

  function draftTables(all: readonly TablePair[], { targetProfile, conflicts = {} }: PlanRequest): Draft[] {
    const targets = all.filter((pair) => !pair.into).map((pair) => pair.mapping.target);
    const staying = stayingTables(context.target, targets, context.targetCan);
    const names = createNames(context.targetCan, targets, staying);
    const keyed = new Map(all.map((pair) => [pair.source.name, keyedInTarget(pair, all, context)]));
    reportTypes(
      all.filter((pair) => !pair.into),
      keyed,
      context,
    );
    return all.map((pair) => {
      const existing = existingOf(pair, targetProfile, context);
      if (pair.into) return draftMerged(pair, all, pair.into, existing, conflicts[pair.source.name] ?? null, context);
      return draftTable(pair, all, keyed.get(pair.source.name)!, names, existing, context);
    });
  }
}

/** Groups of source tables, as the target's foreign keys tie them. */
function orderOf(drafts: readonly Draft[]): string[][] {
  const sources = new Map(drafts.map(({ source, target }) => [target.name, source]));
  return dependencyGroups(
    drafts.map(({ source, target, merge }) => ({
      name: source,
      refersTo: [...target.foreignKeys.map((key) => key.references.table), ...(merge?.parents ?? [])].flatMap(
        (table) => sources.get(table) ?? [],
      ),
    })),
  );
}

function existingOf({ mapping }: TablePair, profile: Profile, context: Context): TablePlan['existing'] {
  const standing = existingTable(mapping.target, context.target, context);
  if (!standing) return null;
  const count = profile[standing.name]?.['']?.count;
  return count == null ? { rows: standing.rowEstimate, empty: false } : { rows: Number(count), empty: count === '0' };
}

function withDdl(draft: Draft, { targetDialect, target }: Context): TablePlan {
  const { ddl } = targetDialect;
  if (draft.merge) return { ...draft, ddl: { create: [], index: [], relate: [] } };
  return {
    ...draft,
    ddl: {
      create: ddl.create(draft.target, target.server, null),
      index: ddl.index(draft.target, target.server, null),
      relate: ddl.relate(draft.target, target.server, null),
    },
  };
}

/** Not a fault by itself: what really went missing is refused by name. */
function reportDrift({ project, source, report }: Context): void {
  if (project.source.fingerprint === source.fingerprint || project.source.fingerprint === '') return;
  report(
    finding(
      'note',
      'project.drift',
      { side: 'source' },
      'The structure of the source has changed since it was mapped; everything the project names is still there.',
      ['Look through the mapping, or map again.'],
    ),
  );
}

/** The dialect's own words on a type say what `value.flattened` says, and better. */
function withoutRepeats(findings: readonly Finding[]): Finding[] {
  const told = new Set(
    findings.filter(({ code }) => code === 'type.differs').map(({ place }) => JSON.stringify(place)),
  );
  return findings.filter(({ code, place }) => code !== 'value.flattened' || !told.has(JSON.stringify(place)));
}

const URGENCY: Readonly<Record<Severity, number>> = { blocker: 0, warning: 1, note: 2 };

function mostUrgentFirst(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((a, b) => URGENCY[a.severity] - URGENCY[b.severity]);
}
