// Cuts SQLite's SQL into tokens, with their places in the text.

/** A place in the text: from `start` up to `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Token extends Span {
  readonly kind: 'name' | 'string' | 'other' | 'comment';
  /** As it stands in the text. */
  readonly text: string;
  /** Names and strings without their quotes. */
  readonly value: string;
  /** Quoted names are never keywords. */
  readonly quoted: boolean;
}

const TOKEN =
  /(?<comment>--[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|(?<quoted>"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\])|(?<blob>[xX]'[^']*')|(?<string>'(?:[^']|'')*')|(?<name>[\p{L}_\u0080-\uffff][\p{L}\p{N}_$\u0080-\uffff]*)|(?<number>\d[\w.]*|\.\d\w*)|\|\||->>?|[<>=!]=|<>|<<|>>|\S/gu;

/** All tokens but blanks; comments only on request. What can't be read ends up as single characters. */
export function tokenize(sql: string, options: { readonly comments?: boolean } = {}): Token[] {
  const tokens: Token[] = [];
  for (const match of sql.matchAll(TOKEN)) {
    const text = match[0];
    const groups = match.groups!;
    if (groups.comment !== undefined && !options.comments) continue;
    tokens.push({
      kind: kindOf(groups),
      text,
      value: groups.quoted !== undefined || groups.string !== undefined ? unquote(text) : text,
      quoted: groups.quoted !== undefined,
      start: match.index,
      end: match.index + text.length,
    });
  }
  return tokens;
}

function kindOf(groups: Record<string, string | undefined>): Token['kind'] {
  if (groups.comment !== undefined) return 'comment';
  if (groups.name !== undefined || groups.quoted !== undefined) return 'name';
  return groups.string !== undefined ? 'string' : 'other';
}

export function unquote(text: string): string {
  const close = text[0] === '[' ? ']' : text[0]!;
  const inner = text.slice(1, -1);
  return close === ']' ? inner : inner.replaceAll(close + close, close);
}

/** Walks over tokens; keywords are compared without regard to case. */
export class Cursor {
  at = 0;
  readonly sql: string;
  readonly tokens: readonly Token[];

  constructor(sql: string, tokens: readonly Token[] = tokenize(sql)) {
    this.sql = sql;
    this.tokens = tokens;
  }

  get token(): Token | undefined {
    return this.tokens[this.at];
  }

  get done(): boolean {
    return this.at >= this.tokens.length;
  }

  /** Whether the next tokens are these keywords or signs. */
  is(...words: string[]): boolean {
    return words.every((word, i) => {
      const token = this.tokens[this.at + i];
      return token !== undefined && !token.quoted && token.kind !== 'string' && token.text.toUpperCase() === word;
    });
  }

  /** Steps over these keywords when they are next. */
  skip(...words: string[]): boolean {
    if (!this.is(...words)) return false;
    this.at += words.length;
    return true;
  }

  /** The next name; SQLite takes strings for names as well. */
  name(): string {
    const { token } = this;
    this.at++;
    return token?.value ?? '';
  }

  /** From an opening parenthesis to the one that closes it: the text between them. */
  parenthesised(): string {
    const open = this.token;
    if (open?.text !== '(') return '';
    let depth = 0;
    while (!this.done) {
      const { text, kind } = this.token!;
      if (kind === 'other' && text === '(') depth++;
      if (kind === 'other' && text === ')') depth--;
      this.at++;
      if (depth === 0) break;
    }
    return this.sql.slice(open.end, this.tokens[this.at - 1]?.start ?? this.sql.length).trim();
  }

  /** The end, in the text, of the token before. */
  get endOfLast(): number {
    return this.tokens[this.at - 1]?.end ?? 0;
  }
}
