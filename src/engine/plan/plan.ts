// The plan: everything a run will do, from the mapping, both catalogues and what the values say. Touches nothing.

import { publishWords } from '../../shared/merging-words.ts';
import type { Finding, Severity } from '../../shared/model/finding.ts';
import type { Plan, TablePlan } from '../../shared/model/plan.ts';
import type { Profile } from '../../shared/model/profile.ts';
import type { Statements } from '../dialects/session.ts';
import { reportDuplicates } from './breaches/duplicates.ts';
import { reportOrphans } from './breaches/orphans.ts';
import type { Clashes } from './clashes.ts';
import { type Context, contextOf, finding, type PlanSides } from './context.ts';
import { keyedInTarget } from './declared.ts';
import { existingTable } from './existing.ts';
import { withFeeds } from './feed-plans.ts';
import { reportClashes } from './findings/clashes.ts';
import { reportObjects, reportPublishesAll } from './findings/objects.ts';
import { reportTarget } from './findings/target.ts';
import { reportTypes } from './findings/types.ts';
import { reportValues } from './findings/values.ts';
import { reportLeftOut, standsOn } from './left-out.ts';
import { reportCycles } from './lookups.ts';
import { draftMerged } from './merging/draft.ts';
import { reportMerged } from './merging/findings.ts';
import { createNames, stayingTables } from './names.ts';
import { dependencyGroups } from './order.ts';
import { joiningOf } from './pairs.ts';
import { reconcile, type TablePair } from './reconcile.ts';
import { reportShapes } from './shapes.ts';
import { type Draft, draftTable } from './table.ts';

export interface PlanRequest extends PlanSides {
  /** Answers to `questionsForPlan`, of the source. */
  readonly profile: Profile;
  /** Answers to `questionsAboutKeys`; a key without an answer was not asked about. */
  readonly statements?: Statements;
  /** Answers to `questionsForTarget`; a table without an answer counts as one with rows. */
  readonly targetProfile: Profile;
  /** What was found when tables were derived and rules asked. */
  readonly findings?: readonly Finding[];
  readonly rules?: Readonly<Plan['rules']>;
  /** Rows whose key stands in the target already, by source table, where that was cheap to count. */
  readonly conflicts?: Readonly<Record<string, number>>;
  /** Keys that several sources of one table share, where that was cheap to count. */
  readonly clashes?: Clashes;
}

/** Throws `project.drift`, `project.invalid`, `map.nothing-to-do`. Blockers are findings. */
export function makePlan(request: PlanRequest): Plan {
  const findings: Finding[] = [...(request.findings ?? [])];
  const context = contextOf(request, request.profile, (each) => findings.push(each), request.statements);
  reportDrift(context);
  const pairs = reconcile(context);
  const making = pairs.filter(({ joins }) => joins === null);
  const drafts = draftTables(pairs, request);

  reportShapes(pairs, context);
  reportCycles(pairs, context);
  reportValues(pairs, context);
  reportOrphans(pairs, context);
  reportDuplicates(pairs, context);
  reportTarget(drafts, context);
  reportMerged(making, drafts, context);
  reportClashes(pairs, request.clashes ?? {}, context);
  reportObjects(pairs, context);
  reportPublishesAll(context);
  const keeps = standsOn(drafts, context);
  const tables = drafts.map((draft) => withDdl({ ...draft, standsOn: keeps(draft) }, context));
  reportLeftOut(tables, context);

  return {
    project: request.project.name,
    source: request.source.server,
    target: request.target.server,
    sourceFingerprint: request.source.fingerprint,
    targetFingerprint: request.target.fingerprint,
    publish: publishWords(tables, context.targetCan),
    rules: [...(request.rules ?? [])],
    order: orderOf(drafts),
    tables,
    findings: mostUrgentFirst(withoutRepeats(findings)),
  };

  function draftTables(all: readonly TablePair[], { targetProfile, conflicts = {} }: PlanRequest): Draft[] {
    const targets = making.filter((pair) => !pair.into).map((pair) => pair.mapping.target);
    const staying = stayingTables(context.target, targets, context.targetCan);
    const names = createNames(context.targetCan, targets, staying);
    const keyed = keyedInTarget(all, context);
    reportTypes(
      all.filter((pair) => !pair.into),
      keyed,
      context,
    );
    const joined = joiningOf(all);
    return making.map((pair) => {
      const joining = joined.get(pair) ?? [];
      return withFeeds(draftMade(pair, joining), pair, joining, all, context);
    });

    function draftMade(pair: TablePair, joining: readonly TablePair[]): Draft {
      const existing = existingOf(pair, targetProfile, context);
      if (!pair.into) return draftTable(pair, all, keyed.get(pair.source.name)!, names, existing, context);
      const standing = [pair, ...joining].map(({ source }) => conflicts[source.name] ?? null);
      return draftMerged(pair, all, pair.into, existing, sumOf(standing), context);
    }
  }
}

/** Null where one of them is not known. */
function sumOf(counts: readonly (number | null)[]): number | null {
  return counts.reduce((sum, each) => (sum === null || each === null ? null : sum + each), 0);
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

function withDdl(draft: Omit<TablePlan, 'ddl'>, { targetDialect, target }: Context): TablePlan {
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
