// Filters of the user's: what could reach beyond the brackets around it is not let in, whatever the family.

import { describe, expect, test } from 'vitest';
import { condition as mysql } from '../../src/engine/dialects/mysql/syntax.ts';
import { condition as postgres } from '../../src/engine/dialects/postgres/syntax.ts';
import { condition as sqlite } from '../../src/engine/dialects/sqlite/syntax.ts';

type Condition = (filter: string, table: string) => string;
const all: readonly Condition[] = [postgres, mysql, sqlite];

function refuses(families: readonly Condition[], filter: string, cause: RegExp): void {
  for (const condition of families) {
    expect(() => condition(filter, 'people'), filter).toThrow(
      expect.objectContaining({
        data: expect.objectContaining({
          code: 'plan.bad-filter',
          cause: expect.stringMatching(cause),
          where: { table: 'people' },
        }),
      }),
    );
  }
}

function takes(families: readonly Condition[], filter: string): void {
  for (const condition of families) expect(condition(filter, 'people')).toBe(`(\n${filter}\n)`);
}

describe('a filter', () => {
  test('may be any condition', () => {
    for (const filter of [
      'id > 3',
      "(a = 1 OR b IN (1, 2)) AND name LIKE '%)%'",
      'EXISTS (SELECT 1 FROM orders o WHERE o.person = people.id)',
      "name = 'it''s; (so' -- and a word )",
      'a /* ) ; */ = 1',
      '"odd)name" = 1',
      'größe > 1',
      '',
    ]) {
      takes(all, filter);
    }
    takes([postgres], "note = E'\\')' AND tags[1] = $x$ ) ; $$ ' $x$ AND a$b$ = 1 /* /* ) */ ) */");
    takes([mysql], "note = '\\')' AND `a``)` = \"it's )\" # ) ;\n AND 5--3 > 1");
    takes([sqlite], "[odd)name] = x'41' AND `a)` = 1");
  });

  test('may not close a bracket of ours, nor leave one open', () => {
    refuses(all, 'id < 0) OR (1=1', /closes a bracket \) that it has not opened/);
    refuses(all, '1 = 1) --', /closes a bracket/);
    refuses(all, '(id < 0', /opens a bracket \( that it does not close/);
    refuses([postgres], '(a[1)] = 1', /closes a bracket/);
  });

  test('may not end the statement', () => {
    refuses(all, '1=1; DROP TABLE people', /semicolon/);
    refuses(all, 'a = 1\0', /NUL/);
  });

  test('may not leave a text, a name or a comment open', () => {
    refuses(all, "name = 'x", /no end/);
    refuses(all, "name = 'x''", /no end/);
    refuses(all, '"name = 1', /no end/);
    refuses(all, 'id = 1 /* and', /A comment in it has no end/);
    refuses([mysql, sqlite], '`name = 1', /no end/);
    refuses([sqlite], '[name = 1', /no end/);
    refuses([postgres], 'a = $x$ 1 $y$', /no end/);
    refuses([postgres], 'a = 1 /* /* */', /A comment in it has no end/);
  });

  test('is read as its own family reads it', () => {
    // A backslash escapes in one and is a character in the others.
    refuses([postgres, sqlite], "a = '\\') OR (1=1", /closes a bracket/);
    refuses([mysql], "a = '\\') OR (1=1", /no end/);
    refuses([postgres], "a = E'\\'' ) OR (1=1", /closes a bracket/);
    refuses([postgres], "a = E'x'\n'\\') OR (1=1 --'", /no end/);
    refuses([postgres], "typE'\\') OR (1=1", /closes a bracket/);
    // PostgreSQL ends a line at either character.
    refuses([postgres], 'a = 1 -- x\r) OR (1=1', /closes a bracket/);
    // Two minus signs and a hash are comments in some only.
    refuses([mysql], 'a = 1 --x\n --2) OR (1=1', /closes a bracket/);
    refuses([mysql], "a = 1 # '\n) OR (1=1", /closes a bracket/);
    refuses([postgres, sqlite], "a = 1 # '\n) OR (1=1", /no end/);
    refuses([mysql], 'a = 1 /*! ) OR (1=1 */', /the server reads as SQL/);
    refuses([mysql], 'a = 1 /*M! ) OR (1=1 */', /the server reads as SQL/);
    refuses([mysql, sqlite], 'a = 1 /* /* */ ) OR (1=1 */', /closes a bracket/);
    refuses([postgres], '$a$b$a$ = c) OR (1=1', /closes a bracket/);
  });
});
