// The schema of an error, for events and reports that carry one. (errors.ts itself stays free of zod: workers load it.)

import { z } from 'zod';
import { type DroverErrorData, errorCodes } from '../errors.ts';

export const droverErrorSchema = z.object({
  code: z.enum(errorCodes),
  message: z.string(),
  cause: z.string().nullable(),
  hint: z.string().nullable(),
  command: z.string().optional(),
  where: z.object({
    side: z.enum(['source', 'target', 'project', 'local']).optional(),
    table: z.string().optional(),
    column: z.string().optional(),
    step: z.string().optional(),
  }),
}) satisfies z.ZodType<DroverErrorData>;
