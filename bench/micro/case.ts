// What a micro-benchmark is: one piece of work over the same values, again and again.

export interface MicroCase {
  readonly name: string;
  /** Makes the values; gives the work over all of them, and how many they are. */
  make(): MicroWork;
}

export interface MicroWork {
  readonly values: number;
  run(): void;
  /** Takes away what it left on the disk. */
  done?(): void;
}

/** How many rows each case has: more than the processor learns by heart, fewer than its cache holds. */
export const ROWS = 2_000;
