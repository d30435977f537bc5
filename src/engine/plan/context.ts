// What every part of planning works from, and where it sends its findings.

import type { Catalog } from '../../shared/model/catalog.ts';
import type { Finding, Place, Remedy, Severity } from '../../shared/model/finding.ts';
import type { Project } from '../../shared/model/mapping.ts';
import type { Profile } from '../../shared/model/profile.ts';
import type { Capabilities } from '../dialects/capabilities.ts';
import type { Dialect } from '../dialects/dialect.ts';
import type { Statements } from '../dialects/session.ts';
import { type Refills, refillsOf } from './merging/refilling.ts';

export interface PlanSides {
  readonly project: Project;
  readonly source: Catalog;
  readonly target: Catalog;
  readonly sourceDialect: Dialect;
  readonly targetDialect: Dialect;
  /** Secrets that steps may name, such as salts. */
  readonly secrets: Readonly<Record<string, string>>;
}

export interface Context extends PlanSides {
  readonly sourceCan: Capabilities;
  readonly targetCan: Capabilities;
  /** Both sides speak the same SQL: expressions pass with their columns renamed. */
  readonly sameFamily: boolean;
  /** Tables that keep their place though they are to be replaced. */
  readonly refills: Refills;
  /** Answers to `questionsForPlan`. */
  readonly profile: Profile;
  /** Answers to `questionsAboutKeys`. */
  readonly statements: Statements;
  readonly report: (finding: Finding) => void;
}

export function contextOf(
  sides: PlanSides,
  profile: Profile,
  report: Context['report'],
  statements: Statements = {},
): Context {
  const targetCan = sides.targetDialect.capabilities(sides.target.server);
  return {
    ...sides,
    sourceCan: sides.sourceDialect.capabilities(sides.source.server),
    targetCan,
    refills: refillsOf(sides.project, sides.target, targetCan),
    sameFamily: sides.sourceDialect.family === sides.targetDialect.family,
    profile,
    statements,
    report,
  };
}

export function finding(
  severity: Severity,
  code: string,
  place: Place,
  message: string,
  remedies: readonly (string | Remedy)[] = [],
  rows?: string,
): Finding {
  const told = remedies.map((remedy) => (typeof remedy === 'string' ? { text: remedy } : remedy));
  return { code, severity, place, message, remedies: told, ...(rows === undefined ? {} : { rows }) };
}
