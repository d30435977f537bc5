// Transforms: what a column's value goes through between the source and the target, as a project file holds it.

import { z } from 'zod';

const text = z.string();
const column = z.string().describe('A column of the source table.');

/** What becomes of a value that a step can't work on. reject: the row is refused with the reason. */
const onFailure = z
  .enum(['reject', 'null', 'keep'])
  .optional()
  .describe('What to do with a value this step cannot work on: reject the row (default), store NULL, or keep it.');

/**
 * RE2 syntax: no backreferences and no lookaround, so that no pattern can take more than linear time.
 * https://github.com/google/re2/wiki/Syntax
 */
const pattern = text.min(1).describe('A regular expression in RE2 syntax.');

/** Names become those of environment variables, which have no other letters. */
const secret = text.regex(/^[a-z][a-z0-9_]*$/);

/** One step of a chain. Steps see text or NULL; all but `default`, `fill`, `prefer`, `concat`, `template` and `json` leave NULL as it is. */
export const transform = z.discriminatedUnion('do', [
  // Text.
  z.strictObject({ do: z.literal('trim') }),
  z.strictObject({ do: z.literal('collapse spaces').describe('Runs of white space become one blank; ends are cut.') }),
  z.strictObject({ do: z.literal('lower') }),
  z.strictObject({ do: z.literal('upper') }),
  z.strictObject({ do: z.literal('title').describe('The first letter of each word is upper case, the others lower.') }),
  z.strictObject({ do: z.literal('strip').describe('Takes out all that matches.'), pattern }),
  z.strictObject({ do: z.literal('replace'), find: text.min(1), with: text }),
  z.strictObject({
    do: z.literal('replace pattern'),
    pattern,
    with: text.describe('$1 is the first group, $0 all that matched, $$ a dollar sign.'),
  }),
  z.strictObject({
    do: z.literal('substring'),
    start: z.int().describe('From 0; negative counts from the end.'),
    length: z.int().min(0).optional(),
  }),
  z.strictObject({
    do: z.literal('pad'),
    side: z.enum(['left', 'right']),
    length: z.int().min(1).max(10_000),
    with: text.length(1),
  }),
  z.strictObject({
    do: z.literal('split').describe('Takes one part; NULL where there are not so many.'),
    at: text.min(1),
    take: z.int().describe('From 0; negative counts from the end.'),
  }),
  z.strictObject({
    do: z.literal('concat').describe('Puts columns behind the value. What is NULL is left out, with its separator.'),
    columns: z.array(column).min(1),
    between: text.optional(),
  }),
  z.strictObject({
    do: z
      .literal('template')
      .describe('{} is the value, {name} a column; {{ and }} are braces. NULL counts as nothing.'),
    template: text,
  }),
  z.strictObject({ do: z.literal('slug'), between: text.optional().describe('Between words; "-" when absent.') }),
  z.strictObject({ do: z.literal('sku').describe('Upper case letters, digits, _ and -; all else is taken out.') }),
  z.strictObject({ do: z.literal('strip nul').describe('Takes out U+0000.') }),
  z.strictObject({
    do: z
      .literal('repair encoding')
      .describe('UTF-8 that was read as Windows-1252, once or twice, becomes what it was.'),
  }),

  // NULL and fixed values.
  z.strictObject({ do: z.literal('default').describe('For NULL.'), value: text }),
  z.strictObject({
    do: z.literal('fill').describe('For NULL: a template, as in the step of that name; NULL and {} count as nothing.'),
    template: text,
  }),
  z.strictObject({
    do: z.literal('prefer').describe('Another column goes first, where it is neither NULL nor in the list.'),
    column,
    unless: z
      .array(text)
      .optional()
      .describe('Texts that count as nothing, such as an empty one; numbers in any spelling.'),
  }),
  z.strictObject({ do: z.literal('null if').describe('Values that become NULL.'), values: z.array(text).min(1) }),
  z.strictObject({
    do: z.literal('map values'),
    values: z.record(text, text.nullable()),
    ignoreCase: z.boolean().optional(),
    otherwise: z
      .union([z.literal('keep'), z.literal('null'), z.literal('reject'), z.strictObject({ value: text })])
      .optional()
      .describe('For what is not in the list: keep (default), null, reject, or {"value": …}.'),
  }),
  z.strictObject({
    do: z.literal('boolean').describe('Gives true or false. Case and blanks at the ends do not matter.'),
    true: z.array(text).min(1),
    false: z.array(text).optional().describe('Absent: everything else is false.'),
    onFailure,
  }),

  // Numbers: exact decimals as text, never through floating point.
  z.strictObject({
    do: z.literal('number').describe('Reads a number as people write it.'),
    decimal: z.enum(['.', ',']).optional().describe('The decimal sign; "." when absent.'),
    group: z.enum([',', '.', ' ', "'", '_']).optional().describe('Between thousands.'),
    strip: text.optional().describe('Characters to leave out first, such as currency signs.'),
    onFailure,
  }),
  z.strictObject({
    do: z.literal('round').describe('Half away from zero.'),
    digits: z.int().min(0).max(100),
    onFailure,
  }),
  z.strictObject({
    do: z.literal('scale').describe('Moves the decimal point: -2 makes 1.50 of 150.'),
    by: z.int().min(-100).max(100),
    onFailure,
  }),
  z.strictObject({
    do: z
      .literal('cast')
      .describe('Checks that the value is one, and writes it in the usual form. An integer has 64 bits.'),
    to: z.enum(['integer', 'decimal', 'date', 'timestamp', 'boolean', 'uuid', 'json']),
    onFailure,
  }),

  // Dates.
  z.strictObject({
    do: z.literal('date').describe('Gives YYYY-MM-DD HH:MM:SS, or YYYY-MM-DD where the format has no time of day.'),
    formats: z
      .array(text)
      .min(1)
      .describe('Tried in order: %Y %m %d %H %M %S %f %y %b %B %I %p %j %z and %%, or "unix", "unix ms", "julian".'),
    onFailure,
  }),
  z.strictObject({
    do: z
      .literal('time zone')
      .describe('A reading of the clock in one zone becomes that in another; of two instants it may be the earlier.'),
    from: text.describe('An IANA zone, such as Europe/Copenhagen.'),
    to: text,
    onFailure,
  }),

  // People.
  z.strictObject({
    do: z.literal('phone'),
    country: text.regex(/^[A-Z]{2}$/).describe('For numbers without a country code: ISO 3166, such as US.'),
    format: z
      .enum(['e164', 'international', 'national', 'us'])
      .describe(
        'us: (555) 123-4567 and +1 (555) 123-4567 by the count of digits alone; more than 11 digits stay digits.',
      ),
    onFailure,
  }),
  z.strictObject({
    do: z.literal('email').describe('Trimmed and in lower case; refused without the shape x@y.z.'),
    onFailure,
  }),

  // JSON.
  z.strictObject({
    do: z
      .literal('json')
      .describe('An object of columns; parts are trimmed, and left out where they are NULL or empty.'),
    fields: z.record(text, column).describe('Names in the object, and the columns they come from.'),
    defaults: z.record(text, text).optional(),
    keepEmpty: z.boolean().optional().describe('NULL and empty parts stay, as null.'),
  }),
  z.strictObject({
    do: z.literal('pick').describe('A part of JSON by its path; NULL where there is none.'),
    path: text.describe('a.b[0].c, other keys as ["first name"]'),
    onFailure,
  }),
  z.strictObject({
    do: z
      .literal('pairs')
      .describe('k=v;k=v becomes a JSON object; no key may come twice. JSON objects stay as they are.'),
    between: text.min(1).optional().describe('";" when absent.'),
    equals: text.min(1).optional().describe('"=" when absent.'),
    onFailure: z.enum(['reject', 'null', 'keep', 'empty']).optional().describe('empty: {} instead.'),
  }),
  z.strictObject({
    do: z.literal('records').describe('id:qty:price|… becomes a JSON array of objects. JSON arrays stay as they are.'),
    between: text.min(1).optional().describe('"|" when absent.'),
    inside: text.min(1).optional().describe('":" when absent.'),
    fields: z.array(z.strictObject({ name: text, type: z.enum(['text', 'number']) })).min(1),
    onFailure,
  }),
  z.strictObject({
    do: z.literal('sum').describe('Over a JSON array: of one field, or of the product of several; exact.'),
    fields: z.array(text).min(1).max(4),
    onFailure,
  }),

  // Bytes. Binary columns arrive as hexadecimal digits.
  z.strictObject({ do: z.literal('uuid from hex').describe('32 hexadecimal digits become a UUID.'), onFailure }),
  z.strictObject({ do: z.literal('uuid to hex'), onFailure }),
  z.strictObject({ do: z.literal('hex').describe('The UTF-8 bytes of the text.') }),
  z.strictObject({ do: z.literal('from hex'), onFailure }),
  z.strictObject({ do: z.literal('base64') }),
  z.strictObject({ do: z.literal('from base64'), onFailure }),

  // Other tables.
  z.strictObject({
    do: z
      .literal('lookup')
      .describe('From an old key to the new one: finds a row of a target table, and takes a column of it.'),
    in: text.describe('Table of the target: one that this run loads too, or one that stands there.'),
    match: text.describe('Its column that holds the value; no value may be there twice.'),
    take: text.describe('Its column that the value becomes.'),
    onFailure,
  }),

  // Secrets. The salt is never in the project file: the host gives it by this name.
  z.strictObject({
    do: z.literal('hash').describe('SHA-256 with a salt, as 64 hexadecimal digits.'),
    salt: secret.describe('The name of the secret that holds the salt.'),
  }),
  z.strictObject({
    do: z.literal('mask'),
    kind: z.enum(['email', 'phone', 'card', 'name', 'all']),
    salt: secret.optional().describe('Deterministic: equal values give equal masks, by the secret of this name.'),
  }),
]);

export type Transform = z.infer<typeof transform>;
export type TransformName = Transform['do'];
