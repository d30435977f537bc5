// Expressions as the catalogues show them, brought back to what a person would write.

import type { Variant } from '../../../shared/model/connection.ts';

/**
 * MySQL escapes quotes and backslashes of an expression as if it stood inside a literal, and both products
 * put the character set in front of literals. Literals themselves stay as they are.
 */
export function plainExpression(shown: string, variant: Variant): string {
  const text = variant === 'MySQL' ? shown.replace(/\\(['"\\])/g, '$1') : shown;
  return withoutIntroducers(text);
}

/** Quoted parts are passed over, so that a literal which looks like an introducer stays. */
function withoutIntroducers(text: string): string {
  return text.replace(
    /`(?:[^`]|``)*`|'(?:[^'\\]|''|\\.)*'|\b_(?:utf8mb4|utf8mb3|utf8|latin1|ascii|cp1252)\s*(?=')/gs,
    (part) => (part.startsWith('_') ? '' : part),
  );
}
