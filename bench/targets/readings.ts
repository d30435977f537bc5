// Readings out of the medians of a run: of which contender, between which engines.

import type { EngineName } from '../engines.ts';
import type { Figure } from '../figures.ts';
import { figure, type Reading } from './target.ts';

/** What every group of targets is drawn from: medians, and why some are not there. */
export interface Findings {
  readonly medians: readonly Figure[];
  /** Contender → why it did not run. */
  readonly absent: ReadonlyMap<string, string>;
}

export interface Asked {
  readonly part: Figure['part'];
  readonly set?: string;
  readonly rows?: number;
  readonly source: EngineName | null;
  readonly target: EngineName | null;
  /** null: whoever is the only one. */
  readonly contender: string | null;
}

export function read(
  { medians, absent }: Findings,
  asked: Asked,
  of: string,
  pick: (found: Figure) => number | null,
): Reading {
  const found = medians.find((each) => isAsked(each, asked));
  if (!found)
    return { kind: 'none', of, why: (asked.contender && absent.get(asked.contender)) ?? `no figure of ${of}` };
  if (found.failure !== null) return { kind: 'none', of, why: `${of} failed: ${found.failure}` };
  return figure(of, pick(found), `${of} was not told`);
}

function isAsked(each: Figure, { part, set, rows, source, target, contender }: Asked): boolean {
  return (
    each.part === part &&
    each.source === source &&
    each.target === target &&
    (contender === null || each.contender === contender) &&
    (set === undefined || each.set === set) &&
    (rows === undefined || each.rows === rows)
  );
}

export function whole({ wall }: Figure): number {
  return wall;
}

export function copying({ copy }: Figure): number | null {
  return copy;
}

export function verifying({ verify }: Figure): number | null {
  return verify;
}

export function withoutVerifying({ wall, verify }: Figure): number | null {
  return verify === null ? null : wall - verify;
}
