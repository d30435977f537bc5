// A pgloader load file as Drover reads it: what was understood of each command, and what was not, line by line.

import { z } from 'zod';
import { namingPolicy, project, tableMode } from './mapping.ts';

/** One thing that the file says. `taken`: yes, in part, or no; `why` says how, or why not. */
export const loadNote = z.object({
  line: z.number().int(),
  text: z.string(),
  taken: z.enum(['yes', 'partly', 'no']),
  why: z.string(),
});
export type LoadNote = z.infer<typeof loadNote>;

export const namePattern = z.object({ how: z.enum(['name', 'regex', 'like']), text: z.string() });
export type NamePattern = z.infer<typeof namePattern>;

export const loadCast = z.object({
  line: z.number().int(),
  text: z.string(),
  /** A source type, or one column; `table` null: whichever table. */
  of: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('type'), type: z.string() }),
    z.object({ kind: z.literal('column'), table: z.string(), column: z.string() }),
  ]),
  /** All of them must hold. */
  when: z.array(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.enum(['unsigned', 'not null', 'auto_increment', 'on update']) }),
      z.object({ kind: z.literal('default'), value: z.string() }),
      z.object({
        kind: z.literal('compare'),
        what: z.enum(['precision', 'scale']),
        by: z.enum(['=', '<', '<=', '>', '>=', '/=']),
        value: z.number(),
      }),
    ]),
  ),
  /** A condition that could not be read; such a rule decides nothing. */
  unread: z.string().nullable(),
  to: z.string().nullable(),
  dropTypemod: z.boolean(),
  notNull: z.enum(['keep', 'drop', 'set']),
  dropDefault: z.boolean(),
  using: z.string().nullable(),
});
export type LoadCast = z.infer<typeof loadCast>;

export const loadCommand = z.object({
  line: z.number().int(),
  /** URLs as Drover writes them; null where the file names nothing that Drover opens. */
  source: z.string().nullable(),
  target: z.string().nullable(),
  naming: namingPolicy,
  mode: tableMode.nullable(),
  skipErrors: z.boolean(),
  batchRows: z.number().int().nullable(),
  workers: z.number().int().nullable(),
  casts: z.array(loadCast),
  including: z.array(namePattern),
  excluding: z.array(namePattern),
  renames: z.array(z.object({ line: z.number().int(), of: z.array(namePattern), to: z.string() })),
  notes: z.array(loadNote),
});
export type LoadCommand = z.infer<typeof loadCommand>;

/** What came of a command on its two databases. */
export const imported = z.object({ project, notes: z.array(loadNote) });
export type Imported = z.infer<typeof imported>;
