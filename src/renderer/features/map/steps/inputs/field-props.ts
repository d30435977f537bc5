// What every field of a step or a rule is drawn from.

import type { Draft, DraftValue } from '../draft.ts';
import type { Field } from '../fields.ts';

export interface FieldProps<F extends Field = Field> {
  /** The name of the step or the rule. */
  readonly step: string;
  readonly field: F;
  readonly value: DraftValue | undefined;
  readonly wrong: string | null;
  /** Columns to choose from: a step reads those of the source, a rule those of the target. */
  readonly columns: readonly string[];
  /** What stands in all of its fields. */
  readonly siblings: Draft;
  readonly onChange: (value: DraftValue) => void;
  /** The value is chosen, not typed: it is taken at once. */
  readonly onDone: (value: DraftValue) => void;
}
