// What came of proposing types anew: the project, what changed in it, and what the target can't take as it stands.

import { z } from 'zod';
import { project, typeRule } from './mapping.ts';

export const retyped = z.object({
  project,
  changes: z.array(z.object({ table: z.string(), column: z.string(), from: z.string(), to: z.string() })),
  /** Types set by hand that the target does not have: they stay, and the plan refuses them. */
  misfits: z.array(z.object({ table: z.string(), column: z.string(), type: z.string() })),
  /** Rules whose type the target does not have: they stay, and decide nothing. */
  idleRules: z.array(typeRule),
});
export type Retyped = z.infer<typeof retyped>;
