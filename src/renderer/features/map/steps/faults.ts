// Faults: what the engine says against a chain, at the step it names.

import type { DroverErrorData } from '../../../../shared/errors.ts';
import type { Finding } from '../../../../shared/model/finding.ts';

export interface Fault {
  /** The step's place, from 0; null: of the chain as a whole. */
  readonly place: number | null;
  readonly message: string;
  /** The words of whoever refused it. */
  readonly cause: string | null;
  readonly hint: string | null;
}

const BAD = 'map.bad-transform';

/** null: an error of another kind. */
export function faultOf({ code, message, cause, hint }: DroverErrorData): Fault | null {
  return code === BAD ? faultFrom(message, cause, hint) : null;
}

/** Of the plan's findings those that are about steps. */
export function isFault({ code }: Finding): boolean {
  return code === BAD;
}

export function faultOfFinding({ message, remedies }: Finding): Fault {
  return faultFrom(message, null, remedies[0]?.text ?? null);
}

/** The engine says "Step 2, strip: …", the plan the same behind the column's name. */
function faultFrom(message: string, cause: string | null, hint: string | null): Fault {
  const [, number, rest] = /(?:^|: )Step (\d+), [^:]+: (.+)$/s.exec(message) ?? [];
  if (number === undefined || rest === undefined) return { place: null, message, cause, hint };
  return { place: Number(number) - 1, message: rest.charAt(0).toUpperCase() + rest.slice(1), cause, hint };
}
