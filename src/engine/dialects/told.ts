// Telling of statements that change something: each with its object, once it is known what became of it.

import { redactDatabaseText } from '../support/redact.ts';

/** What became of a statement. not known: the answer to its COMMIT was lost. */
export type Became = 'done' | 'failed' | 'undone' | 'not known';

export interface Carried {
  /** As it was sent, on one line; values that were sent beside it are not in it. */
  readonly sql: string;
  /** What it acted on, as the database knows it: `drover_x.orders`. */
  readonly object: string;
  readonly became: Became;
  /** Why it is not done. */
  readonly why: string | null;
}

export type Told = (carried: Carried) => void;

/** Listens to one connection. Of statements in a transaction nothing is told before its end. */
export class Teller {
  readonly #told: Told;
  #open: string[] | null = null;
  #why: string | null = null;

  constructor(told: Told) {
    this.#told = told;
  }

  done(sql: string): void {
    const verb = verbOf(sql);
    if (verb === 'BEGIN' || verb === 'START') this.#begin();
    else if (verb === 'COMMIT') this.#end('done', null);
    // What is undone to a savepoint alone stays open: Drover sets none around what it changes.
    else if (verb === 'ROLLBACK' && !/\bTO\b/i.test(sql)) this.#end('undone', this.#why);
    else if (this.#open) this.#open.push(...changesIn(sql));
    else for (const each of changesIn(sql)) this.#tell(each, 'done', null);
  }

  /** `answered`: it was the database that refused; else nobody knows whether it did what it was told. */
  failed(sql: string, error: unknown, answered: boolean): void {
    const why = redactDatabaseText(error instanceof Error ? error.message : String(error));
    const verb = verbOf(sql);
    if (verb === 'COMMIT') this.#end(answered ? 'undone' : 'not known', why);
    // Whoever can't be told to roll back has done so.
    else if (verb === 'ROLLBACK') this.#end('undone', this.#why ?? why);
    else {
      this.#why = why;
      const became = answered || this.#open ? 'failed' : 'not known';
      for (const each of changesIn(sql)) this.#tell(each, became, why);
    }
  }

  #begin(): void {
    // One that the database ended by itself, as when its disk is full.
    this.#end('undone', this.#why);
    this.#open = [];
  }

  #end(became: Became, why: string | null): void {
    for (const sql of this.#open ?? []) this.#tell(sql, became, why);
    this.#open = null;
    this.#why = null;
  }

  #tell(sql: string, became: Became, why: string | null): void {
    this.#told({ sql, object: objectOf(sql), became, why });
  }
}

/** Those among the statements of one message that change something. */
function changesIn(sql: string): string[] {
  const parts = sql.split(/;\s*\n/);
  // A text within a statement may look like its end: what is not a statement by itself stays with the others.
  const statements = parts.every((part) => verbOf(part) !== '') ? parts : [sql];
  return statements.filter(changes).flatMap((statement) => apart(statement.replaceAll(/\s+/g, ' ').trim()));
}

/** One statement may rename or drop many tables: each is told, and that it was in the same act. */
function apart(sql: string): string[] {
  const [, head = '', tail = ''] = /^((?:RENAME|DROP) TABLE (?:IF EXISTS )?)(.*)$/is.exec(sql) ?? [];
  const each = new RegExp(/^RENAME/i.test(head) ? `${PLACE} TO ${PLACE}` : PLACE, 'gi');
  const parts = head === '' ? [] : tail.split(LIST).filter((part) => part.match(each)?.[0] === part);
  if (parts.length < 2 || parts.length !== tail.split(LIST).length) return [sql];
  return parts.map((part) => `${head}${part} (one of ${parts.length} in one statement)`);
}

const CHANGING = new Set(
  `ALTER ANALYZE CALL COMMENT CREATE DELETE DROP GRANT INSERT KILL MERGE REFRESH RENAME REPLACE REVOKE TRUNCATE UPDATE`.split(
    ' ',
  ),
);
const OTHERS = new Set(
  'BEGIN CHECKSUM COMMIT EXPLAIN LOCK PRAGMA RELEASE ROLLBACK SAVEPOINT SELECT SET SHOW START UNLOCK WITH'.split(' '),
);
/** Functions by which a question acts. */
const ACTING = /\b(?:setval|pg_terminate_backend)\s*\(/i;

function changes(sql: string): boolean {
  const verb = verbOf(sql);
  return CHANGING.has(verb) || (verb === 'SELECT' && ACTING.test(sql)) || /^\s*PRAGMA\s+schema_version\s*=/i.test(sql);
}

/** '' where it begins with nothing that is known. */
function verbOf(sql: string): string {
  const word = /^\s*([a-z]+)/i.exec(sql)?.[1]?.toUpperCase() ?? '';
  return CHANGING.has(word) || OTHERS.has(word) ? word : '';
}

const NAME = '(?:"(?:[^"]|"")+"|`(?:[^`]|``)+`|[\\w$]+)';
const PLACE = `(${NAME}(?:\\s*\\.\\s*${NAME}){0,2})`;
/** Between two places, whatever stands in their quotes. */
const LIST = /,\s*(?=(?:[^"`]*["`][^"`]*["`])*[^"`]*$)/;
const OBJECTS = [
  // An index is of its table.
  new RegExp(`^CREATE\\s+(?:\\w+\\s+)*?INDEX\\b.*?\\sON\\s+(?:ONLY\\s+)?${PLACE}`, 'is'),
  new RegExp(
    `^(?:CREATE|ALTER|DROP|RENAME|TRUNCATE|ANALYZE|COMMENT\\s+ON|REFRESH)\\s+(?:(?:OR\\s+REPLACE|TEMP|TEMPORARY|UNLOGGED|MATERIALIZED|UNIQUE)\\s+)*(?:TABLE|SCHEMA|DATABASE|INDEX|SEQUENCE|VIEW|TRIGGER|TYPE|COLUMN|CONSTRAINT|PUBLICATION|FUNCTION)?\\s*(?:IF\\s+(?:NOT\\s+)?EXISTS\\s+)?(?:ONLY\\s+)?${PLACE}`,
    'is',
  ),
  new RegExp(`^(?:INSERT|REPLACE|MERGE)\\s+(?:OR\\s+\\w+\\s+|IGNORE\\s+)?INTO\\s+${PLACE}`, 'is'),
  new RegExp(`^DELETE\\s+(?:\\w+\\s+)?FROM\\s+(?:ONLY\\s+)?${PLACE}`, 'is'),
  new RegExp(`^UPDATE\\s+${PLACE}`, 'is'),
  new RegExp(`^(?:GRANT|REVOKE)\\b.*?\\sON\\s+(?:TABLE\\s+|SCHEMA\\s+)?${PLACE}`, 'is'),
  /\bsetval\s*\(\s*('(?:[^']|'')+')/i,
];

function objectOf(sql: string): string {
  const session = /^KILL\s+(\d+)/i.exec(sql) ?? /pg_terminate_backend\s*\(([^)]*)/i.exec(sql);
  if (session) return `session ${session[1]}`;
  // Where SQLite's tables and indexes are renamed.
  const renamed = /^UPDATE main\.sqlite_schema SET name = '((?:[^']|'')+)'/.exec(sql)?.[1];
  if (renamed) return renamed.replaceAll("''", "'");
  for (const pattern of OBJECTS) {
    const found = pattern.exec(sql)?.[1];
    if (found) return bare(found);
  }
  return 'the database';
}

/** `"drover_x"."my orders"` → `drover_x.my orders` */
function bare(place: string): string {
  return place
    .replace(/^'(.*)'$/s, '$1')
    .match(new RegExp(NAME, 'g'))!
    .map((name) => name.replace(/^["`](.*)["`]$/s, '$1').replaceAll(/(["`])\1/g, '$1'))
    .join('.');
}
