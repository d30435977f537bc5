// Preflight checks as data: each passes, warns or fails, with what to do about it.

import type { CallOutput } from '../../../../shared/contract.ts';
import type { DroverErrorData } from '../../../../shared/errors.ts';
import { capitalized, list, many } from '../../../../shared/format.ts';
import { isReplaced, mergingWords } from '../../../../shared/merging-words.ts';
import type { Overview } from '../../../../shared/model/overview.ts';
import type { Plan } from '../../../../shared/model/plan.ts';
import type { Leftover } from '../../../../shared/model/run.ts';

type Tested = CallOutput<'connect.test'>;

/** Asked of a side, or what came of asking. */
export type Answer<T> = { readonly value: T } | { readonly error: DroverErrorData } | 'asking';

/** Where a remedy is to be found. */
export type Way = 'plan' | 'plan again' | 'connect' | 'check again';

export interface Check {
  readonly id: string;
  readonly title: string;
  readonly state: 'asking' | 'pass' | 'warn' | 'fail';
  readonly detail: string;
  readonly remedy?: string;
  readonly way?: Way;
}

export interface Evidence {
  readonly plan: Plan | null;
  /** The plan was made for the project as it is now. */
  readonly current: boolean;
  readonly tests: { readonly source: Answer<Tested>; readonly target: Answer<Tested> };
  readonly looks: { readonly source: Answer<Overview>; readonly target: Answer<Overview> };
  /** What runs have left in the target, whoever ran them. */
  readonly left: Answer<readonly Leftover[]>;
}

export function checksOf(evidence: Evidence): Check[] {
  const { plan, tests, looks, left } = evidence;
  return [
    connection('source', tests.source),
    connection('target', tests.target),
    readPrivileges(tests.source, looks.source, plan),
    loadPrivileges(tests.target, plan),
    planned(evidence),
    targetTables(plan),
    nobodyElse(left),
    drift('source', plan?.sourceFingerprint ?? null, looks.source),
    drift('target', plan?.targetFingerprint ?? null, looks.target),
  ];
}

/** Of all of them together: the worst, and as long as nothing failed, that some are not answered. */
export function verdictOf(checks: readonly Check[]): Check['state'] {
  const states = checks.map(({ state }) => state);
  return (['fail', 'asking', 'warn'] as const).find((state) => states.includes(state)) ?? 'pass';
}

/** In words, why the run may not start; null when nothing stands in its way. */
export function obstacle(checks: readonly Check[]): string | null {
  const failed = checks.filter(({ state }) => state === 'fail');
  if (failed.length > 0)
    return `${many(failed.length, 'check')} failed: ${list(failed.map(({ title }) => `“${title}”`))}.`;
  return checks.some(({ state }) => state === 'asking') ? 'The checks are not done yet.' : null;
}

function connection(side: 'source' | 'target', answer: Answer<Tested>): Check {
  const check = { id: `connect ${side}`, title: side === 'source' ? 'Source answers' : 'Target answers' };
  if (answer === 'asking') return { ...check, state: 'asking', detail: 'Connecting.' };
  if ('error' in answer) return { ...check, ...failing(answer.error), way: 'connect' };
  const { server, latencyMs, tls } = answer.value;
  const line = server.family === 'sqlite' ? '' : `, ${latencyMs} ms, ${tls ? 'TLS' : 'no TLS'}`;
  return { ...check, state: 'pass', detail: `${server.variant} ${server.version}${line}` };
}

function readPrivileges(answer: Answer<Tested>, look: Answer<Overview>, plan: Plan | null): Check {
  return privileges({ id: 'privileges source', title: 'May read the source' }, answer, ({ missing }) => {
    if (missing.length === 0) return { state: 'pass', detail: 'Nothing is missing.' };
    const all = look !== 'asking' && 'value' in look && look.value.tables.length === plan?.tables.length;
    // The test asks about every table of the source; one that stays out need not be read.
    return lacking(missing, all ? 'fail' : 'warn');
  });
}

function loadPrivileges(answer: Answer<Tested>, plan: Plan | null): Check {
  const check = { id: 'privileges target', title: 'May load into the target' };
  return privileges(check, answer, ({ missing, readOnly }) => {
    if (readOnly) {
      const remedy = 'Choose another user or server.';
      return { state: 'fail', detail: 'The target takes no writes.', remedy, way: 'connect' };
    }
    if (missing.length > 0) return lacking(missing, 'fail');
    const replaced = plan?.tables.some(isReplaced) ?? false;
    const later = ' The run asks once more about the tables it replaces, before it touches anything.';
    return { state: 'pass', detail: `Nothing is missing.${replaced ? later : ''}` };
  });
}

type Judged = Omit<Check, 'id' | 'title'>;

function privileges(
  check: Pick<Check, 'id' | 'title'>,
  answer: Answer<Tested>,
  judge: (tested: Tested) => Judged,
): Check {
  if (answer === 'asking') return { ...check, state: 'asking', detail: 'Asking for privileges.' };
  if ('error' in answer) {
    return { ...check, state: 'fail', detail: 'Can’t be asked without a connection.', way: 'connect' };
  }
  return { ...check, ...judge(answer.value) };
}

function lacking(missing: Tested['missing'], state: 'warn' | 'fail'): Judged {
  const remedy = [...new Set(missing.map((each) => each.remedy))].join(' ');
  return { state, detail: missing.map(({ message }) => message).join(' '), remedy, way: 'check again' };
}

function planned({ plan, current }: Evidence): Check {
  const check = { id: 'plan', title: 'The plan is current and free of blockers' };
  if (!plan) return { ...check, state: 'fail', detail: 'There is no plan.', remedy: 'Make one.', way: 'plan' };
  if (!current) {
    return {
      ...check,
      state: 'fail',
      detail: 'The mapping has changed since.',
      remedy: 'Plan again.',
      way: 'plan again',
    };
  }
  const counted = (severity: string) => plan.findings.filter((finding) => finding.severity === severity).length;
  const blockers = counted('blocker');
  if (blockers > 0) {
    return {
      ...check,
      state: 'fail',
      detail: `${many(blockers, 'blocker')}.`,
      remedy: 'Take a remedy for each.',
      way: 'plan',
    };
  }
  const warnings = counted('warning');
  if (warnings === 0) return { ...check, state: 'pass', detail: 'No blockers, no warnings.' };
  return {
    ...check,
    state: 'warn',
    detail: `No blockers; ${many(warnings, 'warning')}.`,
    remedy: 'See that you can live with each.',
    way: 'plan',
  };
}

function targetTables(plan: Plan | null): Check {
  const check = { id: 'tables', title: 'Tables of the target' };
  if (!plan) return { ...check, state: 'fail', detail: 'Not known without a plan.', way: 'plan' };
  const standing = plan.tables.flatMap(({ target, existing, mode, merge }) =>
    existing && !merge
      ? [{ name: target.name, rows: existing.rows, refused: !existing.empty && mode !== 'replace' }]
      : [],
  );
  const refused = standing.filter((each) => each.refused);
  if (refused.length > 0) {
    return {
      ...check,
      state: 'fail',
      detail: `${list(refused.map(({ name }) => name))} hold rows and are not to be replaced.`,
      remedy: 'Replace them, map to other names, or leave them out.',
      way: 'plan',
    };
  }
  const merged = plan.tables.filter(({ merge }) => merge);
  const adding = mergingWords(plan.tables)
    .map((words) => ` ${capitalized(words)}.`)
    .join('');
  if (standing.length === 0 && merged.length > 0) return { ...check, state: 'pass', detail: adding.trim() };
  if (standing.length === 0)
    return { ...check, state: 'pass', detail: `None of the ${many(plan.tables.length, 'table')} stands there yet.` };
  const rows = standing.reduce((sum, each) => sum + each.rows, 0);
  return {
    ...check,
    state: 'warn',
    detail: `${many(standing.length, 'table')} with ${many(rows, 'row')} ${standing.length === 1 ? 'is' : 'are'} replaced: ${list(standing.map(({ name }) => name))}.${adding}`,
    remedy: 'They are kept as a backup.',
  };
}

/** Two runs can't load into one target; better told here than when this one begins. */
function nobodyElse(answer: Answer<readonly Leftover[]>): Check {
  const check = { id: 'others', title: 'No other run is at work in the target' };
  if (answer === 'asking') return { ...check, state: 'asking', detail: 'Asking the target.' };
  if ('error' in answer) return { ...check, ...failing(answer.error), way: 'connect' };
  const busy = answer.value.filter(({ inUse }) => inUse).map(({ run }) => run);
  if (busy.length === 0) return { ...check, state: 'pass', detail: 'Nobody works there.' };
  return {
    ...check,
    state: 'fail',
    detail: `A process is at work on ${list(busy)}.`,
    remedy: 'Let it end, or end it on the machine that runs it.',
    way: 'check again',
  };
}

function drift(side: 'source' | 'target', planned: string | null, answer: Answer<Overview>): Check {
  const check = { id: `drift ${side}`, title: `Structure of the ${side} as planned` };
  if (answer === 'asking') return { ...check, state: 'asking', detail: 'Reading the catalog.' };
  if ('error' in answer) return { ...check, ...failing(answer.error), way: 'connect' };
  if (answer.value.fingerprint === planned)
    return { ...check, state: 'pass', detail: 'Unchanged since the plan was made.' };
  return {
    ...check,
    state: 'fail',
    detail: 'It has changed since the plan was made.',
    remedy: 'Plan again and look at what is different.',
    way: 'plan again',
  };
}

function failing({ message, cause, hint }: DroverErrorData): Pick<Check, 'state' | 'detail' | 'remedy'> {
  return { state: 'fail', detail: [message, cause].filter(Boolean).join(' '), ...(hint ? { remedy: hint } : {}) };
}
