// Conformance: inspecting a schema with every kind of structure in it.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Catalog, Column, Table } from '../../../src/shared/model/catalog.ts';
import type { TestDatabase } from '../../support/database.ts';
import { PASSWORD } from '../../support/servers/launch.ts';
import { accessTo, type Contestant, catalogOf, databaseWith } from '../contestant.ts';

export function inspecting({ server, family, dialect }: Contestant): void {
  describe('inspecting', () => {
    let database: TestDatabase;
    let catalog: Catalog;
    beforeAll(async () => {
      database = await databaseWith({ server, family }, 'library');
      catalog = await catalogOf(dialect, database);
    });
    afterAll(() => database?.drop());

    const table = (name: string): Table => {
      const found = catalog.tables.find((one) => one.name === name);
      if (!found) throw new Error(`no table ${name} in ${catalog.tables.map((one) => one.name).join(', ')}`);
      return found;
    };
    const column = (of: string, name: string): Column => {
      const found = table(of).columns.find((one) => one.name === name);
      if (!found) throw new Error(`no column ${of}.${name}`);
      return found;
    };

    it('lists the tables, whatever their names', () => {
      const names = ['Größe "x" \'y\'', 'authors', 'books', 'departments', 'employees'];
      expect(catalog.tables.map((one) => one.name).sort()).toEqual(names);
      expect(table('Größe "x" \'y\'').columns.map((one) => one.name)).toEqual(['order', 'Straße']);
    });

    it('knows keys and their columns in order', () => {
      expect(table('authors').primaryKey?.columns).toEqual(['id']);
      expect(table('books').primaryKey?.columns).toEqual(['author_id', 'number']);
      expect(table('authors').uniques.map((key) => key.columns)).toEqual([['email']]);
      expect(table('books').uniques.map((key) => key.columns)).toEqual([['author_id', 'title']]);
      expect(table('Größe "x" \'y\'').primaryKey).toBeNull();
    });

    it.skipIf(family === 'sqlite')('tells an account that may only read the same structure', async () => {
      await using reader = await readingAccount(database);
      const seen = await catalogOf(dialect, { url: reader.url, password: reader.password });
      const structure = ({ tables }: Catalog) => tables.map(({ dependants: _hidden, ...rest }) => rest);
      expect(structure(seen)).toEqual(structure(catalog));
      expect(seen.fingerprint).toBe(catalog.fingerprint);
    });

    it('knows foreign keys: plain, composite to itself, and in a cycle', () => {
      const keys = catalog.tables.flatMap((one) =>
        one.foreignKeys.map((key) => ({
          from: `${one.name}(${key.columns})`,
          to: `${key.references.table}(${key.references.columns})`,
          schema: key.references.schema,
          onDelete: key.onDelete,
        })),
      );
      expect(keys).toHaveLength(4);
      expect(keys).toContainEqual(
        expect.objectContaining({ from: 'books(author_id)', to: 'authors(id)', schema: null, onDelete: 'cascade' }),
      );
      expect(keys).toContainEqual(
        expect.objectContaining({ from: 'books(after_author,after_number)', to: 'books(author_id,number)' }),
      );
      expect(keys).toContainEqual(expect.objectContaining({ from: 'departments(head_id)', to: 'employees(id)' }));
      expect(keys).toContainEqual(
        expect.objectContaining({ from: 'employees(department_id)', to: 'departments(id)', onDelete: 'set null' }),
      );
    });

    it('knows nullability and logical types', () => {
      expect(column('authors', 'name')).toMatchObject({
        nullable: false,
        // SQLite holds nobody to a length.
        logical: { kind: 'text', length: family === 'sqlite' ? null : 100, fixed: false },
      });
      expect(column('authors', 'email').nullable).toBe(true);
      expect(column('authors', 'id').logical).toEqual({ kind: 'integer', bits: 64, unsigned: false });
      expect(column('authors', 'rating').logical).toEqual({ kind: 'decimal', precision: 5, scale: 2 });
      expect(column('authors', 'born').logical).toEqual({ kind: 'date' });
      expect(column('authors', 'created').logical).toMatchObject({ kind: 'timestamp', zone: false });
      if (family !== 'sqlite') {
        expect(column('books', 'genre').logical).toEqual({ kind: 'enum', labels: ['novel', '', 'poem'] });
      }
    });

    it('knows defaults as values', () => {
      expect(column('authors', 'note').default).toEqual({ kind: 'literal', value: "it's" });
      expect(column('authors', 'rating').default).toMatchObject({
        kind: 'literal',
        value: expect.stringMatching(/^0?\.50?$/),
      });
      expect(column('authors', 'created').default).toEqual({ kind: 'now' });
      expect(column('authors', 'active').default).toMatchObject({ kind: 'literal' });
      expect(column('authors', 'born').default).toBeNull();
    });

    it('knows identity and its next number', () => {
      expect(column('authors', 'id').identity).toMatchObject({ next: '43' });
      expect(column('books', 'number').identity).toBeNull();
    });

    it('knows generated columns', () => {
      const { generated } = column('books', 'doubled');
      expect(generated).toMatchObject({ stored: true });
      expect(generated?.expression).toMatch(/price.*\*.*2/);
    });

    it('knows checks', () => {
      const [check, ...others] = table('authors').checks;
      expect(others).toEqual([]);
      expect(check?.name).toBe('authors_rating_check');
      expect(check?.expression).toMatch(/rating.*>=.*0.*and.*rating.*<=.*5/i);
    });

    it('knows indexes: order, prefix, condition, expression', () => {
      const indexes = new Map(table('books').indexes.map((index) => [index.name, index]));
      expect(indexes.get('books_price_idx')).toMatchObject({
        unique: false,
        // MariaDB 10.6 and 10.7 read DESC and ignore it; from 10.8 on it counts.
        parts: [
          { column: 'price', descending: true },
          { column: 'title', descending: false },
        ],
      });
      if (family === 'mysql') {
        expect(indexes.get('books_prefix_idx')?.parts).toMatchObject([{ column: 'title', prefix: 10 }]);
      } else {
        expect(indexes.get('books_cheap_idx')?.where).toMatch(/price.*<.*5/);
        expect(indexes.get('books_lower_idx')?.parts[0]).toMatchObject({
          column: null,
          expression: expect.stringContaining('lower'),
        });
      }
      if (family === 'postgres') expect(indexes.get('books_cheap_idx')?.include).toEqual(['price']);
    });

    it.skipIf(family === 'sqlite')('knows comments', () => {
      expect(table('authors').comment).toBe("Who writes, it's them");
      expect(column('authors', 'name').comment).toBe('As on the cover');
      expect(column('authors', 'email').comment).toBeNull();
    });

    it('lists views and triggers', () => {
      expect(catalog.objects).toContainEqual({ kind: 'view', name: 'book_titles', table: null });
      expect(catalog.objects).toContainEqual({ kind: 'trigger', name: 'authors_stamp', table: 'authors' });
    });

    it('gives equal structures equal fingerprints, and others another', async () => {
      expect((await catalogOf(dialect, database)).fingerprint).toBe(catalog.fingerprint);
      const quote = dialect.ddl.quote('departments');
      await database.run(`INSERT INTO ${quote} (id) VALUES (1)`);
      expect((await catalogOf(dialect, database)).fingerprint, 'rows are no structure').toBe(catalog.fingerprint);
      await database.run(`ALTER TABLE ${quote} ADD COLUMN extra integer`);
      expect((await catalogOf(dialect, database)).fingerprint).not.toBe(catalog.fingerprint);
    });

    // On other servers such tables can't stand side by side.
    it.runIf(family !== 'sqlite')('tells tables apart that differ in case alone, always in one order', async () => {
      const own = await databaseWith({ server, family });
      const quote = (name: string) => dialect.ddl.quote(name);
      const names = ['case_t', 'Case_T', 'CASE_T', 'cASE_t'];
      try {
        for (const name of names) {
          await own.run(
            `CREATE TABLE ${quote(name)} (b integer, a integer, x_${name} integer, PRIMARY KEY (b, a), UNIQUE (a, b, x_${name}))`,
          );
        }
        const first = await catalogOf(dialect, own);
        expect(first.tables.map((one) => one.name)).toEqual([...names].sort());
        for (const one of first.tables) {
          expect(one.primaryKey?.columns).toEqual(['b', 'a']);
          expect(one.uniques.map((key) => key.columns.length)).toEqual([3]);
        }
        const session = await dialect.connect(accessTo(dialect, own), { role: 'source' });
        for (const name of names) {
          const { columns } = await session.sample({ table: name, limit: 1, filter: null });
          expect(columns).toEqual(
            ['b', 'a', `x_${name}`].map((each) => (family === 'postgres' ? each.toLowerCase() : each)),
          );
        }
        await session.close();
        for (let times = 0; times < 20; times++) {
          // Whatever is in the server's caches, it must not show.
          if (times % 5 === 4) await own.run(`ALTER TABLE ${quote(names[times % 4]!)} ADD y integer`);
          if (times % 5 === 4) await own.run(`ALTER TABLE ${quote(names[times % 4]!)} DROP COLUMN y`);
          const again = await catalogOf(dialect, own);
          expect(again.fingerprint).toBe(first.fingerprint);
          expect(again.tables.map((one) => one.name)).toEqual(first.tables.map((one) => one.name));
        }
      } finally {
        await own.drop();
      }
    });
  });
}

/** One that has SELECT on the tables of the database, and on the sequences behind them, and nothing else. */
async function readingAccount({ family, name, url, run }: TestDatabase) {
  const user = `reader_${Math.random().toString(36).slice(2, 10)}`;
  const [make, drop] =
    family === 'postgres'
      ? [
          `CREATE ROLE ${user} LOGIN PASSWORD '${PASSWORD}'; GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${user};
           GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO ${user}`,
          `DROP OWNED BY ${user}; DROP ROLE ${user}`,
        ]
      : [
          `CREATE USER ${user} IDENTIFIED BY '${PASSWORD}'; GRANT SELECT ON \`${name}\`.* TO ${user}`,
          `DROP USER ${user}`,
        ];
  await run(make);
  const own = new URL(url);
  own.username = user;
  return { url: own.href, password: PASSWORD, [Symbol.asyncDispose]: () => run(drop) };
}
