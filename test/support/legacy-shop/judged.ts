// What is said of one legacy row: what it becomes, and what keeps it from arriving.

/** Every value as SQLite gives it as text. */
export type SourceRow = Readonly<Record<string, string | null>>;

export interface Fault {
  /** Of the target. */
  readonly field: string;
  readonly reason: string;
}

export interface Judged<Row> {
  /** Means nothing where there are faults. */
  readonly row: Row;
  readonly faults: readonly Fault[];
  /** Fields whose value stands in for one that nobody understands. */
  readonly counted: readonly string[];
}

/** Collects what there is to say of one row. */
export class Judgement {
  readonly faults: Fault[] = [];
  readonly counted: string[] = [];

  fault(field: string, reason: string): void {
    this.faults.push({ field, reason });
  }

  count(field: string): void {
    this.counted.push(field);
  }
}
