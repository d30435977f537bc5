// A row that a mapping refuses, as the pass over a batch finds it.

export interface Refusal {
  /** Place of the row in the batch that was worked on. */
  readonly row: number;
  /** Source column whose value is refused. */
  readonly column: string;
  /** Name of the step; null where a rule or the target's type refuses it. */
  readonly step: string | null;
  /** The rule in words; null where it is not a rule that refuses it. */
  readonly rule: string | null;
  /** A sentence without any value. */
  readonly reason: string;
}

/** Told of a row that is refused, which is then left out. Absent, the first such row ends the pass. */
export type Refuse = (refusal: Refusal) => void;
