// Digits that hide digits, one to one: different numbers never get the same mask, so that a unique column stays unique.

/** 64 hexadecimal digits, HMAC-SHA-256 of the text. */
export type Noise = (text: string) => string;

const ROUNDS = 8;

/**
 * A Feistel network over decimal digits, as in NIST SP 800-38G's FF1 but with HMAC-SHA-256 inside: each round adds to
 * one half what the noise makes of the other, which can be undone by who knows the salt, so no two inputs meet.
 * `kept` are the digits that stay; they take part, so that equal beginnings don't look equal.
 */
export function hiddenDigits(digits: string, kept: string, noise: Noise): string {
  if (digits === '') return '';
  const middle = Math.floor(digits.length / 2);
  let left = digits.slice(0, middle);
  let right = digits.slice(middle);
  for (let round = 0; round < ROUNDS; round++) {
    const hidden = added(left, noise(`${round}\0${digits.length}\0${kept}\0${right}`));
    left = right;
    right = hidden;
  }
  return left + right;
}

/** The sum of both, within as many digits as the first has. */
function added(digits: string, hex: string): string {
  if (digits === '') return '';
  const sum = BigInt(digits) + BigInt(`0x${hex}`);
  return (sum % 10n ** BigInt(digits.length)).toString().padStart(digits.length, '0');
}
