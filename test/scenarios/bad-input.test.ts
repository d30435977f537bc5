// Bad input: each ends with status 2 and one clear message; the target untouched, no stack trace, no secret.

import { chmodSync, existsSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../src/shared/errors.ts';
import { type Cli, type CliOptions, type CliResult, openCli } from '../support/cli.ts';
import { freshDatabase, type ServerName, type TestDatabase } from '../support/database.ts';
import { dump } from '../support/dump.ts';
import { freePort } from '../support/servers/launch.ts';

const FIXTURE = "CREATE TABLE things (id integer PRIMARY KEY, name varchar(50)); INSERT INTO things VALUES (1, 'one');";

let databases: Record<'postgres' | 'mariadb' | 'sqlite', TestDatabase>;
let cli: Cli;
let before: string[];

beforeAll(async () => {
  const [postgres, mariadb, sqlite] = await Promise.all((['postgres', 'mariadb', 'sqlite'] as const).map(filled));
  databases = { postgres: postgres!, mariadb: mariadb!, sqlite: sqlite! };
});
afterAll(() => Promise.all(Object.values(databases ?? {}).map((database) => database.drop())));
beforeEach(async () => {
  cli = openCli();
  before = await Promise.all(Object.values(databases).map(dump));
});
afterEach(async () => {
  expect(await Promise.all(Object.values(databases).map(dump)), 'every database is as it was').toEqual(before);
  expect(cli.leaks(), 'where the password shows').toEqual([]);
  cli.close();
});

describe('a source or target that is not what it should be', () => {
  const target = () => `sqlite:${join(cli.folder, 'target.db')}`;

  it('unknown scheme', () =>
    refuses(['inspect', 'oracle://me@host/db', '--json'], ['connect.unknown-scheme', 'connect.bad-url']));
  it('URL that is none', () => refuses(['inspect', 'postgres://[', '--json'], 'connect.bad-url'));
  it.each(['postgres', 'mysql'])('%s host unreachable', async (scheme) => {
    await refuses(migrate(`${scheme}://me@127.0.0.1:${await freePort()}/db`, target()), 'connect.unreachable');
    expect(existsSync(join(cli.folder, 'target.db')), 'no target file was made').toBe(false);
  });
  it('a server that accepts and says nothing', async () => {
    const silent = createServer(() => {});
    const port = await new Promise<number>((resolve) => {
      silent.listen(0, '127.0.0.1', () => resolve((silent.address() as { port: number }).port));
    });
    try {
      const url = `postgres://me@127.0.0.1:${port}/db?connect_timeout=2`;
      await refuses(migrate(url, target()), ['connect.timeout', 'connect.unreachable']);
    } finally {
      silent.close();
    }
  });
  it.each(['postgres', 'mariadb'] as const)('%s wrong password', async (server) => {
    const wrong = { sourcePassword: 'not-the-password-3f' };
    const result = await refusal(migrate(databases[server].url, target()), 'connect.wrong-password', wrong);
    expect(result.stdout + result.stderr).not.toContain('not-the-password-3f');
  });
  it.each(['postgres', 'mariadb'] as const)('%s wrong password inside the URL', async (server) => {
    const url = databases[server].url.replace('@', ':not-the-password-3f@');
    const result = await refusal(migrate(url, target()), 'connect.wrong-password');
    expect(result.stdout + result.stderr).not.toContain('not-the-password-3f');
  });
  it.each(['postgres', 'mariadb'] as const)('%s database missing', async (server) => {
    const url = databases[server].url.replace(/[^/]+$/, 'no_such_database');
    await refuses(migrate(url, target()), 'connect.no-such-database', passwords(server, null));
  });
  it('postgres schema missing', () =>
    refuses(
      migrate(`${databases.postgres.url}?schema=nowhere`, target()),
      ['inspect.no-such-schema'],
      passwords('postgres', null),
    ));
  it('postgres TLS refused', () =>
    refuses(
      migrate(`${databases.postgres.url}?sslmode=require`, target()),
      'connect.tls-refused',
      passwords('postgres', null),
    ));
  it('a certificate that nobody vouches for, or none', () =>
    refuses(
      migrate(`${databases.mariadb.url}?ssl-mode=verify_identity`, target()),
      ['connect.tls-refused', 'connect.tls-not-trusted'],
      passwords('mariadb', null),
    ));

  it('file missing', () =>
    refuses(
      migrate(`sqlite:${join(cli.folder, 'none.db')}`, databases.postgres.url),
      'connect.missing-file',
      passwords(null, 'postgres'),
    ));
  it('file that is not SQLite', () => {
    const file = join(cli.folder, 'letter.db');
    writeFileSync(file, 'Dear reader, this is no database.\n'.repeat(200));
    return refuses(
      migrate(`sqlite:${file}`, databases.postgres.url),
      'connect.not-sqlite',
      passwords(null, 'postgres'),
    );
  });
  it('target file that is not SQLite', async () => {
    const file = join(cli.folder, 'letter.db');
    const text = 'Dear reader, this is no database.\n'.repeat(200);
    writeFileSync(file, text);
    await refuses(migrate(databases.postgres.url, `sqlite:${file}`), 'connect.not-sqlite', passwords('postgres', null));
    expect(readFileSync(file, 'utf8')).toBe(text);
  });
  it('file that is corrupt', async () => {
    const victim = await filled('sqlite');
    await victim.run(
      `CREATE TABLE more (a TEXT); INSERT INTO more SELECT hex(zeroblob(5000)) FROM (VALUES (1), (2), (3))`,
    );
    truncateSync(victim.name, 6_000);
    await refuses(migrate(victim.url, databases.postgres.url), 'connect.corrupt', passwords(null, 'postgres'));
    await victim.drop();
  });
  // Root may write wherever it likes.
  it.skipIf(process.getuid?.() === 0)('target file that is read-only', async () => {
    const file = await filled('sqlite');
    chmodSync(file.name, 0o444);
    await refuses(migrate(databases.postgres.url, file.url), 'connect.read-only', passwords('postgres', null));
    await file.drop();
  });
  it('target folder that does not exist', () =>
    refuses(
      migrate(databases.postgres.url, `sqlite:${join(cli.folder, 'nowhere/t.db')}`),
      ['connect.missing-file', 'connect.read-only'],
      passwords('postgres', null),
    ));
  it('target that is a folder', () => {
    mkdirSync(join(cli.folder, 'folder.db'));
    return refuses(
      migrate(databases.postgres.url, `sqlite:${join(cli.folder, 'folder.db')}`),
      ['connect.not-sqlite', 'connect.read-only', 'connect.missing-file'],
      passwords('postgres', null),
    );
  });
  it.each(['postgres', 'mariadb', 'sqlite'] as const)('%s source equal to target', (server) =>
    refuses(
      migrate(databases[server].url, databases[server].url, '--mode', 'replace'),
      'map.same-database',
      passwords(server, server),
    ),
  );
});

describe('privileges', () => {
  it.each(['read', 'create'] as const)('postgres: none to %s', async (what) => {
    const role = `r_${what}_${process.pid}`;
    const { postgres } = databases;
    await postgres.run(
      `CREATE ROLE ${role} LOGIN PASSWORD 'role-canary-7'; GRANT CONNECT ON DATABASE ${postgres.name} TO ${role}`,
    );
    before = await Promise.all(Object.values(databases).map(dump));
    const url = postgres.url.replace('postgres@', `${role}@`);
    try {
      const [words, given] =
        what === 'read'
          ? [
              migrate(url, databases.mariadb.url, '--mode', 'replace'),
              { sourcePassword: 'role-canary-7', targetPassword: databases.mariadb.password },
            ]
          : [
              migrate(databases.mariadb.url, url, '--mode', 'replace'),
              { sourcePassword: databases.mariadb.password, targetPassword: 'role-canary-7' },
            ];
      const result = await refusal(words, ['connect.no-privilege', 'plan.blocked'], given);
      expect(result.stdout + result.stderr).not.toContain('role-canary-7');
    } finally {
      await postgres.run(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
      before = await Promise.all(Object.values(databases).map(dump));
    }
  });

  it('mariadb: none to create', async () => {
    const { mariadb, postgres } = databases;
    await mariadb.run(
      `CREATE USER reader@'127.0.0.1' IDENTIFIED BY 'role-canary-7'; GRANT SELECT ON ${mariadb.name}.* TO reader@'127.0.0.1'`,
    );
    const url = mariadb.url.replace('drover@', 'reader@');
    try {
      const given = { sourcePassword: postgres.password, targetPassword: 'role-canary-7' };
      await refuses(migrate(postgres.url, url, '--mode', 'replace'), ['connect.no-privilege', 'plan.blocked'], given);
    } finally {
      await mariadb.run("DROP USER reader@'127.0.0.1'");
    }
  });
});

describe('projects', () => {
  const project = async (change: (text: string) => string): Promise<string> => {
    const file = join(cli.folder, 'p.drover.json');
    const both = passwords('postgres', null);
    const mapped = await cli.run(
      ['map', databases.postgres.url, `sqlite:${join(cli.folder, 't.db')}`, '-o', file],
      both,
    );
    expect(mapped.status, mapped.stderr).toBe(0);
    writeFileSync(file, change(readFileSync(file, 'utf8')));
    return file;
  };
  const run = (file: string) => ['run', file, '--yes', '--json'];

  it('missing', () => refuses(run(join(cli.folder, 'none.drover.json')), 'project.missing-file'));
  it('not JSON', async () => refuses(run(await project((text) => text.slice(0, -10))), 'project.not-json'));
  it('of a newer version', async () =>
    refuses(run(await project((text) => text.replace(/"drover": *\d+/, '"drover": 99'))), 'project.newer-version'));
  it('with a word that means nothing', async () =>
    refuses(run(await project((text) => text.replace(/"naming"/, '"namign"'))), 'project.invalid'));
  it('naming a column that is gone', async () => {
    const file = await project((text) => text.replaceAll('"source": "name"', '"source": "gone"'));
    await refuses(run(file), ['project.drift', 'plan.blocked'], passwords('postgres', null));
  });
  it('naming a type that does not exist', async () => {
    const file = await project((text) => text.replace(/"type": "INTEGER"/i, '"type": "integre("'));
    await refuses(run(file), ['project.invalid', 'plan.blocked', 'project.drift'], passwords('postgres', null));
  });
});

describe('commands', () => {
  it('not a terminal and no --yes', () => {
    const words = ['migrate', databases.postgres.url, `sqlite:${join(cli.folder, 't.db')}`, '--json'];
    return refuses(words, 'run.not-confirmed', passwords('postgres', null));
  });
  it.each([
    ['unknown command', ['migrat']],
    ['unknown option', ['runs', '--jsno']],
    ['missing argument', ['migrate', 'sqlite:a.db']],
    ['batch size that is none', ['migrate', 'sqlite:a.db', 'sqlite:b.db', '--batch-size', 'many']],
    ['no command at all', []],
  ])('%s', async (_, words) => {
    const result = await cli.run(words);
    expect(result.status, result.stdout + result.stderr).toBe(2);
    expectCalm(result);
  });
  it('a run that never was', () => refuses(['report', 'abcdefghijkl'], 'run.no-such-run'));
});

async function filled(server: ServerName): Promise<TestDatabase> {
  const database = await freshDatabase(server);
  await database.run(FIXTURE);
  return database;
}

function migrate(source: string, target: string, ...more: string[]): string[] {
  return ['migrate', source, target, '--yes', '--json', ...more];
}

function passwords(source: keyof typeof databases | null, target: keyof typeof databases | null): CliOptions {
  return {
    sourcePassword: source && databases[source].password,
    targetPassword: target && databases[target].password,
  };
}

async function refuses(
  words: readonly string[],
  code: ErrorCode | ErrorCode[],
  options: CliOptions = {},
): Promise<void> {
  await refusal(words, code, options);
}

async function refusal(
  words: readonly string[],
  code: ErrorCode | ErrorCode[],
  options: CliOptions = {},
): Promise<CliResult> {
  const result = await cli.run(words, options);
  const said = result.stdout + result.stderr;
  if (words.includes('--json')) {
    expect([code].flat(), said).toContain(result.error?.code);
    expect(result.error?.hint, `what to do next: ${said}`).toBeTruthy();
  } else {
    expect(
      [code].flat().some((one) => said.includes(one)),
      said,
    ).toBe(true);
  }
  expect(result.status, said).toBe(2);
  expectCalm(result);
  return result;
}

/** Something is said, no stack is shown, nobody shouts. */
function expectCalm({ stdout, stderr }: CliResult): void {
  expect(stderr.trim(), 'people are told').not.toBe('');
  expect(stdout + stderr).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
  expect(stderr).not.toMatch(/Oops|!\s*$/m);
}
