// Finding a row of a target table by a value: from an old key to the new one.

import type { Transform } from '../../../shared/model/transform.ts';
import { type Find, orElse, type Step } from './step.ts';

export function lookup(step: Extract<Transform, { do: 'lookup' }>, find: Find): Step {
  return orElse(find, step.onFailure, `not found in ${step.in}.${step.match}`);
}
