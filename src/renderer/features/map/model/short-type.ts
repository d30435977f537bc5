// Types as narrow places write them: by the names that people and the server use for short. The full one is told beside it.

const short: readonly (readonly [RegExp, string])[] = [
  [/\bcharacter varying\b/i, 'varchar'],
  [/\bcharacter\b/i, 'char'],
  [/\b(time|timestamp)(\(\d+\))? without time zone\b/i, '$1$2'],
  [/\b(time|timestamp)(\(\d+\))? with time zone\b/i, '$1tz$2'],
];

export function shortType(type: string): string {
  return short.reduce((text, [long, words]) => text.replace(long, words), type);
}
