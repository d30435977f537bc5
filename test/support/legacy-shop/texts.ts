// Texts as the shop's rules treat them.

/** Trimmed; null where nothing is left. */
export function present(value: string | null | undefined): string | null {
  const trimmed = value?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
}

/**
 * A word begins at the front and behind whatever is no letter, digit or apostrophe: "Smith-Jones", "J.R.", but "2nd" and
 * "O'neill" (in names the apostrophe is gone by then: "Obrien"). Small words are words: "Van Den Berg". Letters of all
 * scripts; those without case stay.
 */
export function titleCase(text: string): string {
  return text.toLowerCase().replace(/(?<![\p{L}\p{M}\p{Nd}'’])\p{L}/gu, (letter) => letter.toUpperCase());
}

/** Value by the code, whatever its case and the blanks around it; null for a code that is not in the list. */
export function decode(
  code: string | null | undefined,
  codes: Readonly<Record<string, readonly string[]>>,
): string | null {
  const wanted = present(code)?.toLowerCase();
  const found = Object.entries(codes).find(([, all]) => all.some((each) => each.toLowerCase() === wanted));
  return found ? found[0] : null;
}
