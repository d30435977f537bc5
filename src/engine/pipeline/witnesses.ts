// Witnesses: aggregates that share none of Drover's decoders, since each database computes its own.

import type { Lane } from '../../shared/model/plan.ts';
import type { Answers, Question } from '../../shared/model/profile.ts';
import type { Witness } from '../../shared/model/report.ts';
import type { ProfileRequest } from '../dialects/session.ts';
import { both, parallel } from '../support/parallel.ts';
import type { Executor } from './executor.ts';
import { canonicalNumber } from './json.ts';
import type { TableWork } from './order.ts';
import { sourceName } from './scan.ts';

type Found = Record<string, Answers>;

/** `works` are the sources of one table, and `refused` the rows that were left out of each. */
export async function askWitnesses(
  executor: Executor,
  works: readonly TableWork[],
  refused: readonly number[],
): Promise<Witness[]> {
  const [first] = works;
  // A source counts rows that were left out, and can't be asked without them.
  const whole = refused.every((rows) => rows === 0);
  const asked = first!.lanes.map((lane, i) => ({
    lane,
    position: i,
    ask: whole ? questionsFor(works.map(({ lanes }) => lanes[i]!)).filter(isTelling(first!, lane)) : [],
  }));
  const [sources, target] = await both(
    parallel(works, works.length, (work) =>
      executor.run({ kind: 'profile', side: 'source', request: sourceRequest(work) }),
    ),
    executor.run({ kind: 'profile', side: 'target', request: targetRequest(first!) }),
  );
  const counts = sources.map((found, i) => without(found['']?.count, refused[i]!));
  return [
    ...witness('', 'count', counts, target),
    ...asked.flatMap(({ lane, position, ask }) =>
      ask.flatMap((question) => {
        const answers = sources.map((found, i) => found[works[i]!.lanes[position]!.source]?.[question]);
        return witness(lane.target, question, answers, target);
      }),
    ),
  ];

  function sourceRequest(work: TableWork): ProfileRequest {
    const questions = asked.map(({ position, ask }) => {
      const lane = work.lanes[position]!;
      return { column: lane.source, logical: lane.sourceLogical, ask };
    });
    return { table: sourceName(work), filter: work.filter, questions: withCount(questions) };
  }

  function targetRequest(work: TableWork): ProfileRequest {
    const questions = asked.map(({ lane, ask }) => ({ column: lane.target, logical: lane.targetLogical, ask }));
    const table = { name: work.target.name, staging: work.staging };
    return { table, filter: work.targetFilter ?? null, questions: withCount(questions) };
  }
}

function withCount(questions: ProfileRequest['questions']): ProfileRequest['questions'] {
  return [
    { column: '', logical: { kind: 'boolean' }, ask: ['count'] },
    ...questions.filter(({ ask }) => ask.length > 0),
  ];
}

function without(count: string | null | undefined, refused: number): string | null | undefined {
  return count == null || refused === 0 ? count : String(BigInt(count) - BigInt(refused));
}

/** What every source of the column can be asked. */
function questionsFor(lanes: readonly Lane[]): Question[] {
  const [first, ...others] = lanes.map(questionsOf);
  return first!.filter((question) => others.every((questions) => questions.includes(question)));
}

/** Where no value may be NULL the count of rows says how many values there are. */
function isTelling({ target }: TableWork, lane: Lane): (question: Question) => boolean {
  const mayBeNull = target.columns.find(({ name }) => name === lane.target)?.nullable ?? true;
  return (question) => question !== 'nonNull' || mayBeNull;
}

/** Only what both databases must answer alike; a column that goes through steps, or whose misfits become NULL, can't be counted so. */
function questionsOf(lane: Lane): Question[] {
  if (lane.shape || lane.unrepresentable === 'null') return [];
  const integers = lane.sourceLogical.kind === 'integer' && lane.targetLogical.kind === 'integer';
  return integers ? ['nonNull', 'sum'] : ['nonNull'];
}

/** None where several answers do not make one exactly. */
function witness(
  column: string,
  question: Question,
  answers: readonly (string | null | undefined)[],
  found: Found,
): Witness[] {
  const source = together(answers);
  if (source === undefined) return [];
  const target = found[column]?.[question] ?? null;
  return [{ column, question, source, target, equal: sameNumber(source, target) }];
}

/** The answer for all sources; NULL where none of them has a value, undefined where it can't be told exactly. */
function together(answers: readonly (string | null | undefined)[]): string | null | undefined {
  if (answers.length === 1) return answers[0] ?? null;
  const known = answers.flatMap((answer) => answer ?? []);
  if (known.length === 0) return null;
  const numbers = known.flatMap((answer) => /^(-?\d+)(?:\.0*)?$/.exec(answer)?.[1] ?? []).map(BigInt);
  if (numbers.length < known.length) return undefined;
  return String(numbers.reduce((a, b) => a + b));
}

function sameNumber(a: string | null, b: string | null): boolean {
  if (a === null || b === null) return a === b;
  return a === b || canonicalNumber(a) === canonicalNumber(b);
}
