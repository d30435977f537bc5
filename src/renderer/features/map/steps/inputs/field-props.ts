// What every field of a step is drawn from.

import type { TransformName } from '../../../../../shared/model/transform.ts';
import type { DraftValue } from '../draft.ts';
import type { Field } from '../fields.ts';

export interface FieldProps<F extends Field = Field> {
  readonly step: TransformName;
  readonly field: F;
  readonly value: DraftValue | undefined;
  readonly wrong: string | null;
  /** Columns of the source table. */
  readonly columns: readonly string[];
  readonly onChange: (value: DraftValue) => void;
  /** The value is chosen, not typed: it is taken at once. */
  readonly onDone: (value: DraftValue) => void;
}
