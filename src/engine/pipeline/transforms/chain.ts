// A chain of transforms, compiled once per column and run once per row.

import { DroverError } from '../../../shared/errors.ts';
import type { Transform } from '../../../shared/model/transform.ts';
import type { Characters } from './characters.ts';
import type { Find, InPlace, LookupOf, Row, Step, Trouble, Value } from './step.ts';
import { compileStep } from './steps.ts';

export type { Find, LookupOf, Row, Value } from './step.ts';
export { columnsOf, lookupsOf, typeAfter } from './types.ts';

/** Thrown for a value that a step refuses. `reason` is a sentence and holds no value of the row. */
export class Refused extends Error {
  readonly reason: string;
  /** Place in the chain, from 0. */
  readonly step: number;

  constructor(reason: string, step: number) {
    super(reason);
    this.name = 'Refused';
    this.reason = reason;
    this.step = step;
  }
}

export interface Trace {
  /** The result of each step, up to the refusal. */
  readonly values: readonly Value[];
  readonly refused: { readonly step: number; readonly reason: string } | null;
}

export interface Chain {
  /**
   * Throws Refused. `settled` is told where a step could not work on the value and something else was put in place,
   * in words for the report: "map values: not in the list, 'active' instead".
   */
  apply(value: Value, row: Row, settled?: Settled): Value;
  /** The same in place, as far as the steps can: undefined when the result stands there. Null where none can. */
  readonly change: ((text: Characters, row: Row, settled: Settled) => Value | undefined) | null;
  /** For previews. */
  trace(value: Value, row: Row): Trace;
}

type Settled = (words: string) => void;

export interface ChainContext {
  /** The secret of this name; null when nobody gave it. */
  readonly secret: (name: string) => string | null;
  readonly now: Date;
  readonly lookup: (lookup: LookupOf) => Find;
}

/** Throws `map.bad-transform` for a mistake in the project; where.column is the caller's to add. */
export function compileChain(steps: readonly Transform[], context: ChainContext): Chain {
  const compiled = steps.map((step, place) => compileAt(step, place, context));

  function apply(given: Value, row: Row, settled: Settled = NOBODY): Value {
    let value = given;
    for (let i = 0; i < compiled.length; i++) {
      const { step, settle } = compiled[i]!;
      if (step.seesNull) value = step.convert(value, row);
      else if (value !== null) {
        const result = step.convert(value);
        value = result === undefined ? settle(value, settled) : result;
      }
    }
    return value;
  }

  function change(text: Characters, row: Row, settled: Settled): Value | undefined {
    // undefined: it stands in `text`.
    let value: Value | undefined;
    for (let i = 0; i < compiled.length; i++) {
      const { step, inPlace, passesNull, settle } = compiled[i]!;
      if (inPlace !== null && (value === undefined || text.take(value))) {
        value = undefined;
        if (text.isNull && passesNull) continue;
        const outcome = inPlace(text);
        if (outcome === 'done') continue;
        if (outcome === 'refused') {
          value = settle(text.value!, settled);
          continue;
        }
      }
      if (value === undefined) value = text.value;
      if (step.seesNull) value = step.convert(value, row);
      else if (value !== null) {
        const result: Value | undefined = step.convert(value);
        value = result === undefined ? settle(value, settled) : result;
      }
    }
    return value;
  }

  function trace(given: Value, row: Row): Trace {
    const values: Value[] = [];
    let value = given;
    for (const { step, settle } of compiled) {
      try {
        if (step.seesNull) value = step.convert(value, row);
        else if (value !== null) {
          const result = step.convert(value);
          value = result === undefined ? settle(value, NOBODY) : result;
        }
      } catch (error) {
        if (error instanceof Refused) return { values, refused: { step: error.step, reason: error.reason } };
        throw error;
      }
      values.push(value);
    }
    return { values, refused: null };
  }

  return { apply, change: compiled.some(({ inPlace }) => inPlace !== null) ? change : null, trace };
}

const NOBODY: Settled = () => undefined;

interface Compiled {
  readonly step: Step;
  /** What is asked of every value stands here: in one place for all kinds of steps it is found the quickest. */
  readonly inPlace: InPlace | null;
  readonly passesNull: boolean;
  /** What becomes of a value that the step can't work on. Throws Refused. */
  readonly settle: (value: string, settled: Settled) => Value;
}

function compileAt(transform: Transform, place: number, context: ChainContext): Compiled {
  try {
    const step = compileStep(transform, context);
    const settle = step.seesNull ? (value: string) => value : settler(step.trouble, transform.do, place);
    return { step, inPlace: step.inPlace ?? null, passesNull: !step.seesNull, settle };
  } catch (error) {
    if (!(error instanceof DroverError)) throw error;
    throw new DroverError(error.code, `Step ${place + 1}, ${transform.do}: ${error.message}`, error.data);
  }
}

function settler({ what, instead }: Trouble, name: string, place: number): Compiled['settle'] {
  if (instead === 'reject') {
    // One for all rows: to take a stack for each refused row would cost more than the row itself.
    const refused = new Refused(`The value is ${what}.`, place);
    return () => {
      throw refused;
    };
  }
  const words = `${name}: ${what}, ${instead === 'keep' ? 'kept' : `${wordsFor(instead)} instead`}`;
  return (value, settled) => {
    settled(words);
    return instead === 'keep' ? value : instead === 'null' ? null : instead.value;
  };
}

function wordsFor(instead: 'null' | { readonly value: string }): string {
  if (instead === 'null') return 'NULL';
  return instead.value === '{}' ? '{}' : `'${instead.value}'`;
}
