// How a verdict is reached, in the words of every report.

/** How the verdict was reached, for somebody who has to believe it. */
export const method =
  'Every row of both sides was read and brought into one canonical form: exact numbers, UTF-8 text, IEEE bits, microseconds in UTC. ' +
  'Each row gives a 128-bit digest; a table’s checksum is their sum modulo 2^128, so that order does not matter and duplicate rows cannot cancel. ' +
  'Witnesses are aggregates that each database computed by itself. Structure compares the plan with what the target’s catalogue says.';
