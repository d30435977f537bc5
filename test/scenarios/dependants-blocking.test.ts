// What hangs on PostgreSQL's tables and can't go along: the table is refilled, or the plan blocked, with the reason.

import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { host, NEW_THINGS, OLD_THINGS, source, target } from '../support/dependants.ts';
import { dump } from '../support/dump.ts';
import { endpointOf, migrate } from '../support/engine.ts';

const SOURCE = `${NEW_THINGS}
  CREATE TABLE parts (id integer PRIMARY KEY, thing integer, price integer)`;

it.each([
  ['a table that inherits', 'CREATE TABLE child () INHERITS (things)', 'child table public.child'],
  ['a column that goes', 'CREATE VIEW v AS SELECT old FROM things', 'it uses the column old'],
  [
    'a rule with such a column',
    'CREATE RULE r AS ON UPDATE TO things WHERE OLD.old IS NULL DO INSTEAD NOTHING',
    'it uses the column old',
  ],
  ['a policy with such a column', 'CREATE POLICY p ON things USING (old IS NULL)', 'it uses the column old'],
  [
    'a trigger with such a column',
    'CREATE TRIGGER z BEFORE UPDATE OF old ON things EXECUTE FUNCTION suppress_redundant_updates_trigger()',
    'it uses the column old',
  ],
  ['a publication with such a column', 'CREATE PUBLICATION pp FOR TABLE things (id, old)', 'it uses the column old'],
  ['a type that changes', 'CREATE VIEW v AS SELECT price FROM parts', 'whose type changes from text to integer'],
  [
    'a key over what is unique no more',
    'ALTER TABLE things ADD UNIQUE (name); CREATE TABLE o (n varchar REFERENCES things (name))',
    'no unique key over name',
  ],
])('blocks the plan over %s', async (_, sql, words) => {
  await source.run(SOURCE);
  await target.run(`${OLD_THINGS}
    CREATE TABLE parts (id integer PRIMARY KEY, thing integer, price text); ${sql}`);
  const { plan, finished } = await migrate(host, source, target, { mode: 'replace' });
  expect(finished).toBeNull();
  const blockers = plan.findings.filter(({ severity }) => severity === 'blocker');
  expect(blockers.map(({ message }) => message)).toEqual([expect.stringContaining(words)]);
  expect(blockers[0]!.remedies.map(({ text }) => text)).toContainEqual(expect.stringMatching(/^Drop the /));
});

it.each([
  ['a materialized view', 'CREATE MATERIALIZED VIEW mv AS SELECT id FROM things', 'materialized view public.mv'],
  [
    'a table that it inherits from',
    'CREATE TABLE base (id integer); ALTER TABLE things INHERIT base',
    'parent table public.base',
  ],
  ['whole rows as a type', 'CREATE TABLE boxes (held things)', 'The column held of table boxes'],
  [
    'a routine over its rows',
    "CREATE FUNCTION f(things) RETURNS int LANGUAGE sql AS 'SELECT 1'",
    'The function f(things)',
  ],
  [
    'its numbers',
    "ALTER TABLE things ADD n serial; CREATE TABLE more (n bigint DEFAULT nextval('things_n_seq'))",
    'The default value for column n',
  ],
])('refills the table, and gives it back, for %s', async (_, sql, words) => {
  await source.run(`${NEW_THINGS} INSERT INTO things VALUES (1, 'one', 1), (2, 'two', 2)`);
  await target.run(`${NEW_THINGS} INSERT INTO things VALUES (2, 'old', 0), (3, 'gone', 3); ${sql}`);
  const before = await dump(target);
  const { plan, finished, errors } = await migrate(host, source, target, { mode: 'replace' });
  expect(finished?.state, JSON.stringify([plan.findings, errors])).toBe('published');
  const told = plan.findings.filter(({ code }) => code === 'target.refilled').map(({ message }) => message);
  expect(told).toEqual([expect.stringContaining(words)]);
  expect(await target.ask('SELECT id, name FROM things ORDER BY id')).toEqual([
    ['1', 'one'],
    ['2', 'two'],
  ]);
  await host.call('run.rollback', { run: finished!.run, target: endpointOf(target), keepNewer: false });
  expect(await dump(target)).toBe(before);
});

it('blocks the plan over what an ordinary user may not make anew, and says why', async () => {
  const user = `u_${randomBytes(4).toString('hex')}`;
  const password = 'ordinary';
  await source.run(SOURCE);
  await target.run(`CREATE ROLE ${user} LOGIN PASSWORD '${password}';
    ${NEW_THINGS}
    ALTER TABLE things OWNER TO ${user};
    CREATE VIEW theirs AS SELECT id FROM things;
    CREATE SCHEMA locked;
    CREATE VIEW locked.own AS SELECT id FROM things; ALTER VIEW locked.own OWNER TO ${user};
    CREATE TABLE outside (thing integer REFERENCES things (id));
    CREATE FUNCTION hidden() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
    REVOKE EXECUTE ON FUNCTION hidden() FROM PUBLIC;
    CREATE TRIGGER told BEFORE INSERT ON things FOR EACH ROW EXECUTE FUNCTION hidden();
    CREATE PUBLICATION foreign_one FOR TABLE things;
    GRANT CREATE ON DATABASE ${target.name} TO ${user}; GRANT ALL ON SCHEMA public TO ${user}`);
  try {
    const url = new URL(target.url);
    url.username = user;
    const asUser = { ...target, url: url.href, password };
    const { plan } = await migrate(host, source, asUser, { mode: 'replace', tables: ['things'] });
    const blockers = plan.findings.filter(({ severity }) => severity === 'blocker').map(({ message }) => message);
    const stays = 'would stay with the old table things when the new one takes its place:';
    expect(blockers.sort()).toEqual([
      `The foreign key public.outside.outside_thing_fkey ${stays} it belongs to the role postgres.`,
      `The publication foreign_one ${stays} it belongs to the role postgres.`,
      `The trigger told ${stays} this user may not use its function.`,
      `The view locked.own ${stays} this user may make nothing in its schema.`,
      `The view public.theirs ${stays} it belongs to the role postgres.`,
    ]);
  } finally {
    await target.run(`ALTER TABLE things OWNER TO postgres; DROP OWNED BY ${user}; DROP ROLE ${user}`);
  }
});
