// A target: what was measured, what it is held against, and whether that is enough.

/** A figure by its name, or the reason why there is none. */
export type Reading =
  | { readonly kind: 'figure'; readonly of: string; readonly value: number }
  | { readonly kind: 'none'; readonly of: string; readonly why: string };

/** How the measured figure stands to the other. */
export type Demand =
  | { readonly kind: 'at most'; readonly ratio: number }
  | { readonly kind: 'at least'; readonly ratio: number }
  /** Of times: the other's, divided by the measured one. */
  | { readonly kind: 'share of its speed'; readonly ratio: number };

export type Unit = 's' | 'bytes' | 'rows/s' | 'µs a row';

export interface Target {
  readonly what: string;
  readonly unit: Unit;
  readonly measured: Reading;
  readonly against: Reading;
  readonly demand: Demand;
}

export type Verdict =
  | { readonly kind: 'PASS' | 'short'; readonly ratio: number }
  | { readonly kind: 'not measured'; readonly why: string };

export function verdictOf({ measured, against, demand }: Target): Verdict {
  if (measured.kind === 'none') return { kind: 'not measured', why: measured.why };
  if (against.kind === 'none') return { kind: 'not measured', why: against.why };
  const isInverse = demand.kind === 'share of its speed';
  const ratio = isInverse ? against.value / measured.value : measured.value / against.value;
  if (!Number.isFinite(ratio)) return { kind: 'not measured', why: `${against.of}: nothing to divide by` };
  const isMet = demand.kind === 'at most' ? ratio <= demand.ratio : ratio >= demand.ratio;
  return { kind: isMet ? 'PASS' : 'short', ratio };
}

export function figure(of: string, value: number | null, otherwise: string): Reading {
  return value === null ? { kind: 'none', of, why: otherwise } : { kind: 'figure', of, value };
}

export function limit(value: number): Reading {
  return { kind: 'figure', of: 'limit', value };
}

/** One figure out of several; the first that is missing speaks for all. */
export function together(of: string, readings: readonly Reading[], join: (values: number[]) => number): Reading {
  const values: number[] = [];
  for (const reading of readings) {
    if (reading.kind === 'none') return { ...reading, of };
    values.push(reading.value);
  }
  return { kind: 'figure', of, value: join(values) };
}
