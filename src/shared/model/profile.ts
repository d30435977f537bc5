// Profile: what the values themselves say. Each question is one aggregate that a database computes itself.

import { z } from 'zod';

/**
 * What may be asked of one column.
 * Counts are of rows; lengths of characters or bytes; min and max are exact decimal text.
 */
export const question = z.enum([
  'count', //             rows, whatever the column (asked once per table, of no column)
  'nonNull',
  'nulls',
  'min', //               integers and decimals
  'max',
  'sum', //               exact numerics; decimal text
  'octets', //            sum of byte lengths of the value's text or bytes
  'maxChars',
  'maxBytes',
  'empty', //             values equal to ''
  'nulCharacters', //     texts that hold U+0000
  'zeroDates', //         dates with year, month or day zero
  'dateOutsideRange', //  infinity, before year 1, or after 9999
  'timeOutsideDay', //    TIME below 00:00:00 or at 24:00:00 and above
  'notFinite', //         NaN and infinities
  'notANumber', //        NaN alone
  'negativeZero',
  'maxIntegerDigits', //  digits before the point of a decimal
  'maxScale', //          digits after the point of a decimal
  'wideCharacters', //    texts with characters outside the Basic Multilingual Plane
  'notJson', //           texts that are not JSON
  'longJsonNumbers', // JSON with numbers that 64 bits can't hold exactly
  'notUtf8', //           texts whose bytes are not UTF-8
  'storageInteger', //    SQLite: values stored as integer, real, text, blob
  'storageReal',
  'storageText',
  'storageBlob',
  'notIsoTimestamp', //   SQLite: texts that are not YYYY-MM-DD or YYYY-MM-DD HH:MM:SS[.f]
]);
export type Question = z.infer<typeof question>;

/** Answers for one column: decimal text, or null where the table is empty or holds only NULLs. */
export const answers = z.partialRecord(question, z.string().nullable());
export type Answers = z.infer<typeof answers>;

/** table → column → answers; the column '' holds what was asked of the table as a whole. */
export const profile = z.record(z.string(), z.record(z.string(), answers));
export type Profile = z.infer<typeof profile>;
