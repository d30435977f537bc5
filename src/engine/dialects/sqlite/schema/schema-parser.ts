// Reads from CREATE TABLE what the pragmas do not tell: names of constraints, checks, generated expressions,
// AUTOINCREMENT, collations, deferrable foreign keys, and where foreign keys stand in the text.

import { withoutOwnName } from './own-name.ts';
import { Cursor, type Span, type Token } from './tokens.ts';

export interface ParsedTable {
  /** Where the table's name stands in the text, and what it is without its quotes. */
  readonly name: Span & { readonly value: string };
  /** By column name in lower case. */
  readonly columns: ReadonlyMap<string, ParsedColumn>;
  readonly primaryKey: ParsedKey | null;
  readonly uniques: readonly ParsedKey[];
  readonly checks: readonly ParsedCheck[];
  /** In the order of the text; the pragma counts from the other end. */
  readonly foreignKeys: readonly ParsedForeignKey[];
}

export interface ParsedColumn {
  collation: string | null;
  autoincrement: boolean;
  generated: string | null;
}

export interface ParsedKey {
  readonly name: string | null;
  readonly columns: readonly string[];
}

export interface ParsedCheck {
  readonly name: string | null;
  readonly expression: string;
}

export interface ParsedForeignKey {
  readonly name: string | null;
  readonly columns: readonly string[];
  /** The table that it leads to, as it is written. */
  readonly parent: string;
  readonly deferrable: boolean;
  /** The whole clause, with the comma in front of a table constraint. */
  readonly span: Span;
}

/** Null for what is no ordinary CREATE TABLE, such as one AS SELECT (which SQLite stores rewritten) or a virtual table. */
export function parseTable(sql: string): ParsedTable | null {
  const cursor = new Cursor(sql);
  if (!cursor.skip('CREATE')) return null;
  if (!cursor.skip('TEMP')) cursor.skip('TEMPORARY');
  if (!cursor.skip('TABLE')) return null;
  cursor.skip('IF', 'NOT', 'EXISTS');
  if (cursor.tokens[cursor.at + 1]?.text === '.') cursor.at += 2;
  const name = cursor.token;
  cursor.at++;
  if (!name || !cursor.skip('(')) return null;
  return new TableParser(cursor, name).parse();
}

class TableParser {
  readonly #cursor: Cursor;
  readonly #name: Token;
  readonly #columns = new Map<string, ParsedColumn>();
  readonly #uniques: ParsedKey[] = [];
  readonly #checks: ParsedCheck[] = [];
  readonly #foreignKeys: ParsedForeignKey[] = [];
  #primaryKey: ParsedKey | null = null;

  constructor(cursor: Cursor, name: Token) {
    this.#cursor = cursor;
    this.#name = name;
  }

  parse(): ParsedTable {
    const cursor = this.#cursor;
    let comma: Span | null = null;
    while (!cursor.done && !cursor.is(')')) {
      const before = cursor.at;
      if (cursor.is(',')) {
        comma = cursor.token!;
        cursor.at++;
      }
      if (!this.#tableConstraint(comma)) this.#column();
      comma = null;
      if (cursor.at === before) cursor.at++;
    }
    return {
      name: { start: this.#name.start, end: this.#name.end, value: this.#name.value },
      columns: this.#columns,
      primaryKey: this.#primaryKey,
      uniques: this.#uniques,
      checks: this.#checks,
      foreignKeys: this.#foreignKeys,
    };
  }

  #tableConstraint(comma: Span | null): boolean {
    const cursor = this.#cursor;
    const start = comma?.start ?? cursor.token!.start;
    const before = cursor.at;
    const name = cursor.skip('CONSTRAINT') ? cursor.name() : null;
    if (cursor.skip('PRIMARY', 'KEY')) {
      this.#primaryKey = { name, columns: this.#keyColumns() };
      this.#conflictClause();
    } else if (cursor.is('UNIQUE', '(')) {
      cursor.at++;
      this.#uniques.push({ name, columns: this.#keyColumns() });
      this.#conflictClause();
    } else if (cursor.is('CHECK', '(')) {
      cursor.at++;
      this.#checks.push({ name, expression: this.#expression() });
      this.#conflictClause();
    } else if (cursor.skip('FOREIGN', 'KEY')) {
      const columns = this.#keyColumns();
      this.#references(name, columns, start);
    } else {
      cursor.at = before;
      return false;
    }
    return true;
  }

  #column(): void {
    const cursor = this.#cursor;
    const name = cursor.name();
    const column: ParsedColumn = { collation: null, autoincrement: false, generated: null };
    this.#columns.set(name.toLowerCase(), column);
    while (!cursor.done && !cursor.is(',') && !cursor.is(')')) this.#columnPart(name, column);
  }

  #columnPart(column: string, parsed: ParsedColumn): void {
    const cursor = this.#cursor;
    const { start } = cursor.token!;
    const before = cursor.at;
    const name = cursor.skip('CONSTRAINT') ? cursor.name() : null;
    if (cursor.skip('PRIMARY', 'KEY')) {
      this.#primaryKey = { name, columns: [column] };
      if (!cursor.skip('ASC')) cursor.skip('DESC');
      this.#conflictClause();
      if (cursor.skip('AUTOINCREMENT')) parsed.autoincrement = true;
    } else if (cursor.skip('UNIQUE')) {
      this.#uniques.push({ name, columns: [column] });
      this.#conflictClause();
    } else if (cursor.is('CHECK', '(')) {
      cursor.at++;
      this.#checks.push({ name, expression: this.#expression() });
    } else if (cursor.skip('COLLATE')) {
      parsed.collation = cursor.name();
    } else if (cursor.skip('DEFAULT')) {
      if (cursor.is('(')) cursor.parenthesised();
      else if (cursor.is('+') || cursor.is('-')) cursor.at += 2;
      else cursor.at++;
    } else if (cursor.is('AS', '(') || cursor.is('GENERATED', 'ALWAYS', 'AS')) {
      if (!cursor.skip('AS')) cursor.at += 3;
      parsed.generated = this.#expression();
    } else if (cursor.is('REFERENCES')) {
      this.#references(name, [column], start);
    } else if (cursor.is('(')) {
      cursor.parenthesised();
    } else {
      cursor.at = Math.max(cursor.at, before + 1);
    }
  }

  #references(name: string | null, columns: readonly string[], start: number): void {
    const cursor = this.#cursor;
    if (!cursor.skip('REFERENCES')) return;
    const parent = cursor.token?.value ?? '';
    cursor.at++;
    if (cursor.is('(')) cursor.parenthesised();
    let deferrable = false;
    while (!cursor.done) {
      if (cursor.skip('ON')) {
        cursor.at++;
        if (cursor.is('SET') || cursor.is('NO')) cursor.at++;
        cursor.at++;
      } else if (cursor.skip('MATCH')) cursor.at++;
      else if (cursor.skip('NOT', 'DEFERRABLE')) this.#initially();
      // As SQLite has it, only a key that starts deferred behaves otherwise; the others may be declared what they like.
      else if (cursor.skip('DEFERRABLE')) deferrable = this.#initially() || deferrable;
      else break;
    }
    this.#foreignKeys.push({ name, columns, parent, deferrable, span: { start, end: cursor.endOfLast } });
  }

  #initially(): boolean {
    if (this.#cursor.skip('INITIALLY', 'DEFERRED')) return true;
    this.#cursor.skip('INITIALLY', 'IMMEDIATE');
    return false;
  }

  #expression(): string {
    return withoutOwnName(this.#cursor.parenthesised(), this.#name.value);
  }

  #conflictClause(): void {
    if (this.#cursor.skip('ON', 'CONFLICT')) this.#cursor.at++;
  }

  /** (a, b COLLATE x DESC): the names alone. */
  #keyColumns(): string[] {
    const cursor = this.#cursor;
    const columns: string[] = [];
    if (!cursor.skip('(')) return columns;
    let depth = 0;
    let expected = true;
    while (!cursor.done && !(depth === 0 && cursor.is(')'))) {
      if (cursor.is('(')) depth++;
      else if (cursor.is(')')) depth--;
      else if (depth === 0 && cursor.is(',')) {
        cursor.at++;
        expected = true;
        continue;
      } else if (expected) columns.push(cursor.token!.value);
      expected = false;
      cursor.at++;
    }
    cursor.at++;
    return columns;
  }
}
