// Logical types: what a value means, whichever database holds it.

import { z } from 'zod';

const scalar = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('boolean') }),
  z.object({
    kind: z.literal('integer'),
    bits: z.union([z.literal(8), z.literal(16), z.literal(24), z.literal(32), z.literal(64)]),
    unsigned: z.boolean(),
    /** MySQL's tinyint(1): an integer that is often meant as a boolean. */
    maybeBoolean: z.boolean().optional(),
  }),
  /** precision and scale are null where the database sets no bound (PostgreSQL numeric, SQLite NUMERIC). */
  z.object({
    kind: z.literal('decimal'),
    precision: z.number().int().nullable(),
    scale: z.number().int().nullable(),
  }),
  z.object({ kind: z.literal('float'), bits: z.union([z.literal(32), z.literal(64)]) }),
  /** length in characters; null is unbounded. `fixed` is blank-padded CHAR(n). */
  z.object({ kind: z.literal('text'), length: z.number().int().nullable(), fixed: z.boolean() }),
  /** length in bytes; null is unbounded. */
  z.object({ kind: z.literal('binary'), length: z.number().int().nullable(), fixed: z.boolean() }),
  z.object({ kind: z.literal('date') }),
  /** `extended` is MySQL's TIME, −838:59:59 … 838:59:59. precision is the number of fractional digits. */
  z.object({
    kind: z.literal('time'),
    precision: z.number().int(),
    extended: z.boolean(),
    zone: z.boolean(),
  }),
  /** `zone` true is an instant (timestamptz), false a wall-clock reading. */
  z.object({ kind: z.literal('timestamp'), precision: z.number().int(), zone: z.boolean() }),
  z.object({ kind: z.literal('interval') }),
  z.object({ kind: z.literal('uuid') }),
  z.object({ kind: z.literal('json') }),
  z.object({ kind: z.literal('enum'), labels: z.array(z.string()) }),
  z.object({ kind: z.literal('set'), labels: z.array(z.string()) }),
  z.object({ kind: z.literal('bit'), length: z.number().int().nullable(), varying: z.boolean() }),
  z.object({ kind: z.literal('geometry'), subtype: z.string().nullable() }),
  /** A type only its own family understands; it travels as the database's text form. */
  z.object({ kind: z.literal('opaque'), native: z.string() }),
]);

export type ScalarType = z.infer<typeof scalar>;

export const logicalType = z.discriminatedUnion('kind', [
  ...scalar.options,
  z.object({ kind: z.literal('array'), element: scalar }),
]);

export type LogicalType = z.infer<typeof logicalType>;
