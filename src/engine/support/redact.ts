// Takes secrets and row values out of texts that databases and drivers write.

/**
 * A database's message made safe to show and store: connection passwords, quoted row values and
 * "Key (…)=(…)" details are masked. Identifiers in double quotes or backticks stay.
 */
export function redactDatabaseText(text: string, secrets: readonly string[] = []): string {
  let safe = text;
  for (const secret of secrets) if (secret.length > 0) safe = safe.replaceAll(secret, '•••');
  return safe
    .replace(/(:\/\/[^\s:/@]+):[^\s@]*@/g, '$1@')
    .replace(/\)=\([^)]*\)/g, ')=(…)')
    .replace(/Duplicate entry '(?:[^']|'(?!\s+for key))*'/g, "Duplicate entry '…'")
    .replace(
      /(value|syntax for type \w+|Incorrect [\w ]+ value|Truncated incorrect [\w ]+ value)(: | )(["'])(?:(?!\3).)*\3/gis,
      '$1$2$3…$3',
    );
}
