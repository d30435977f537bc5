// Seen: what a project was mapped against, kept so that what has changed since can be told column by column.

import { z } from 'zod';

export const seenColumn = z.strictObject({
  name: z.string(),
  type: z.string().describe("The database's own words for the type."),
  notNull: z.literal(true).optional(),
  key: z.number().int().min(1).optional().describe('Place in the primary key, from 1.'),
  proposed: z
    .string()
    .optional()
    .describe('The target type that mapping proposed; a column that has another type was given it by hand.'),
});
export type SeenColumn = z.infer<typeof seenColumn>;

/** Without columns where a table was there and is none of the mapping's business. */
export const seenTable = z.strictObject({ name: z.string(), columns: z.array(seenColumn) });
export type SeenTable = z.infer<typeof seenTable>;

export const seen = z.strictObject({
  source: z.array(seenTable),
  target: z.array(seenTable).describe('Tables that stood where the mapping leads.'),
});
export type Seen = z.infer<typeof seen>;
