// Databases behind an SSH host: through a real SSH server, under names that only that server knows.

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { resolveEndpoint } from '../../src/engine/connect/endpoint.ts';
import { createTunnels } from '../../src/engine/connect/tunnels.ts';
import { connectingCalls } from '../../src/engine/connecting.ts';
import { loadDialect, urlForms } from '../../src/engine/dialects/index.ts';
import type { Open } from '../../src/engine/handlers.ts';
import { DroverError, type ErrorCode } from '../../src/shared/errors.ts';
import { openCli } from '../support/cli.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { freePort } from '../support/servers/launch.ts';
import { homeKnowing, newKey, type SshServer, startAgent, startSshServer } from '../support/ssh-server.ts';

let postgres: TestDatabase;
let mariadb: TestDatabase;
let ssh: SshServer;

beforeAll(async () => {
  postgres = await freshDatabase('postgres');
  mariadb = await freshDatabase('mariadb');
  await postgres.run(
    "CREATE TABLE things (id integer PRIMARY KEY, name text); INSERT INTO things SELECT n, repeat('x', 200) FROM generate_series(1, 20000) n",
  );
});

afterAll(async () => {
  await postgres?.drop();
  await mariadb?.drop();
});

beforeEach(async () => {
  const place = ({ url }: TestDatabase) => ({ host: '127.0.0.1', port: Number(new URL(url).port) });
  ssh = await startSshServer({
    'pg.behind:5432': place(postgres),
    'maria.behind:3306': place(mariadb),
    'closed.behind:5432': { host: '127.0.0.1', port: await freePort() },
  });
});

afterEach(() => ssh?.close());

interface Way {
  readonly host?: string;
  readonly key?: string | null;
  readonly hostKey?: string;
  readonly port?: number;
}

/** The URL of a database as it looks from behind the SSH server. */
function behind(database: TestDatabase, { host, key = ssh.key, hostKey, port = ssh.port }: Way = {}): string {
  const { username, pathname } = new URL(database.url);
  const place = host ?? (database.family === 'postgres' ? 'pg.behind:5432' : 'maria.behind:3306');
  const parameters = [
    `ssh=ann@127.0.0.1:${port}`,
    ...(key ? [`ssh-key=${key}`] : []),
    ...(hostKey ? [`ssh-host-key=${hostKey}`] : []),
  ];
  return `${database.url.split(':')[0]}://${username}@${place}${pathname}?${parameters.join('&')}`;
}

/** The engine's connecting, with what a person's machine would have around it. */
function connecting(
  environment: NodeJS.ProcessEnv = { HOME: ssh.home },
  secrets: Readonly<Record<string, string>> = {},
) {
  const ports = { environment, passwordOf: (url: string) => Promise.resolve(secrets[url] ?? null) };
  const families = { forms: urlForms, load: loadDialect };
  const ways = { ...ports, tunnels: createTunnels(ports) };
  const open: Open = (endpoint) => resolveEndpoint(endpoint, families, ways);
  return { open, ...connectingCalls(families, open, ports) };
}

async function failure(work: Promise<unknown>): Promise<DroverError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof DroverError) return error;
    throw error;
  }
  throw new Error('it did not fail');
}

describe('a connection through SSH', () => {
  it.each(['postgres', 'mariadb'] as const)('reaches %s and says who answers', async (server) => {
    const database = server === 'postgres' ? postgres : mariadb;
    const { 'connect.test': test } = connecting();
    const answer = await test({ url: behind(database), password: database.password, side: 'target' });
    expect(answer.server.family).toBe(database.family);
    expect(answer).toMatchObject({ readOnly: false, missing: [] });
    expect(ssh.seen.channels).toBeGreaterThan(0);
  });

  it('uses one session for everybody who goes the same way', async () => {
    const { 'connect.test': test } = connecting();
    const endpoint = { url: behind(postgres), password: postgres.password };
    await Promise.all([test(endpoint), test(endpoint), test({ ...endpoint, side: 'source' })]);
    await test(endpoint);
    expect(ssh.seen.logins).toBe(1);
  });

  it('keeps its own address and name', async () => {
    const { open } = connecting();
    const { access, url } = await open({ url: behind(postgres), password: postgres.password });
    expect(access.connection).toMatchObject({ host: 'pg.behind', port: 5432 });
    expect(access.via).toMatchObject({ host: '127.0.0.1' });
    expect(url).toContain('@pg.behind:5432/');
    expect(url).not.toContain(String(access.via?.port));
  });

  it('is lost with the session, and opens again at the same place', async () => {
    const { open } = connecting();
    const { dialect, access } = await open({ url: behind(postgres), password: postgres.password });
    const session = await dialect.connect(access, { role: 'source' });
    const slow = failure(session.query('SELECT pg_sleep(60)'));
    ssh.hangUp();
    expect((await slow).code).toBe('connect.lost');
    await session.close();
    const again = await dialect.connect(access, { role: 'source' });
    expect(await again.query('SELECT 1 AS one')).toEqual([{ one: '1' }]);
    await again.close();
    expect(ssh.seen.logins).toBe(2);
  });
});

describe('logging in', () => {
  it('takes a key under a passphrase that the host keeps', async () => {
    const url = behind(postgres, { key: ssh.lockedKey });
    const endpoint = { url, password: postgres.password };
    const secret = { [`ssh://ann@127.0.0.1:${ssh.port}`]: ssh.passphrase };
    await connecting({ HOME: ssh.home }, secret)['connect.test'](endpoint);
    const without = await failure(connecting()['connect.test'](endpoint));
    expect(without.data).toMatchObject({ code: 'connect.ssh-refused', message: expect.stringMatching(/passphrase/) });
    const wrong = { [`ssh://ann@127.0.0.1:${ssh.port}`]: 'canary-wrong' };
    const refused = await failure(connecting({ HOME: ssh.home }, wrong)['connect.test'](endpoint));
    expect(refused.code).toBe('connect.ssh-refused');
    expect(JSON.stringify(refused.data)).not.toContain('canary');
  });

  it('asks the agent when no key is named', async () => {
    const agent = await startAgent(ssh.key);
    try {
      const environment = { HOME: ssh.home, SSH_AUTH_SOCK: agent.path };
      const url = behind(postgres, { key: null });
      await connecting(environment)['connect.test']({ url, password: postgres.password });
      expect(ssh.seen.logins).toBe(1);
    } finally {
      await agent.close();
    }
  });

  it('says when there is neither', async () => {
    const url = behind(postgres, { key: null });
    const error = await failure(connecting()['connect.test']({ url, password: null }));
    expect(error.data).toMatchObject({ code: 'connect.ssh-refused', hint: expect.stringMatching(/ssh-key=/) });
  });

  it.each<[string, () => Way, ErrorCode]>([
    ['a key that is not let in', () => ({ key: ssh.strangersKey }), 'connect.ssh-refused'],
    ['a key that is not there', () => ({ key: '/does/not/exist' }), 'connect.ssh-refused'],
    ['a port where nobody answers', () => ({ port: 1 }), 'connect.ssh-unreachable'],
    ['an address that the host does not know', () => ({ host: 'elsewhere:5432' }), 'connect.unreachable'],
    ['an address where nobody answers', () => ({ host: 'closed.behind:5432' }), 'connect.unreachable'],
  ])('is refused with %s', async (_, way, code) => {
    const url = behind(postgres, way());
    const error = await failure(connecting()['connect.test']({ url, password: postgres.password }));
    expect(error.data).toMatchObject({ code, hint: expect.any(String) });
  });
});

it('says when the host leads nowhere', async () => {
  const strict = await startSshServer(null);
  try {
    const url = behind(postgres, { port: strict.port, key: strict.key });
    const error = await failure(connecting({ HOME: strict.home })['connect.test']({ url, password: null }));
    expect(error.data).toMatchObject({
      code: 'connect.ssh-refused',
      hint: expect.stringMatching(/AllowTcpForwarding/),
    });
  } finally {
    await strict.close();
  }
});

describe('the key of the host', () => {
  const test = (hostKey: string | undefined, known: string) => {
    const home = homeKnowing(inject('scratch'), known);
    const url = behind(postgres, hostKey ? { hostKey } : {});
    return connecting({ HOME: home })['connect.test']({ url, password: postgres.password });
  };
  const other = () => `[127.0.0.1]:${ssh.port} ${newKey().public}\n`;

  it('is told when it is not known, and enough when it is given', async () => {
    const unknown = await failure(test(undefined, ''));
    expect(unknown.code).toBe('connect.ssh-unknown-host');
    const [fingerprint = ''] = /SHA256:[A-Za-z0-9+/]{43}/.exec(unknown.data.message) ?? [];
    expect(unknown.data.hint).toContain(`ssh-host-key=${fingerprint}`);
    expect((await test(fingerprint, '')).server.family).toBe('postgres');
    expect(ssh.seen.logins).toBe(1);
  });

  it('must not be another than known_hosts or the URL says', async () => {
    expect((await failure(test(undefined, other()))).data).toMatchObject({
      code: 'connect.ssh-refused',
      message: expect.stringMatching(/another key/),
    });
    const wrong = `SHA256:${'A'.repeat(43)}`;
    expect((await failure(test(wrong, ''))).code).toBe('connect.ssh-refused');
    expect(ssh.seen.logins).toBe(0);
  });
});

describe('the command line', () => {
  it('inspects and migrates from behind one host to behind the same', async () => {
    const cli = openCli();
    try {
      const environment = { HOME: ssh.home };
      const passwords = { sourcePassword: postgres.password, targetPassword: mariadb.password };
      const seen = await cli.run(['inspect', behind(postgres), '--json'], { ...passwords, environment });
      expect(seen.status, seen.stderr).toBe(0);
      expect(seen.stdout).toContain('things');
      const result = await cli.run(['migrate', behind(postgres), behind(mariadb), '--yes', '--json'], {
        ...passwords,
        environment,
      });
      expect(result.finished?.state, result.stdout + result.stderr).toBe('published');
      expect(result.status).toBe(0);
      expect(await mariadb.ask('SELECT COUNT(*), SUM(id) FROM things')).toEqual([['20000', '200010000']]);
      expect(cli.leaks()).toEqual([]);
    } finally {
      cli.close();
    }
  });

  it('goes on by itself when the session is lost while it loads', async () => {
    const cli = openCli();
    const target = await freshDatabase('mariadb');
    let cut = false;
    try {
      const result = await cli.run(['migrate', behind(postgres), target.url, '--yes', '--json'], {
        sourcePassword: postgres.password,
        targetPassword: target.password,
        environment: { HOME: ssh.home },
        onRecord: (record) => {
          if (cut || record.kind !== 'step' || record.step !== 'load' || record.state !== 'running') return;
          cut = true;
          ssh.hangUp();
        },
      });
      expect(
        result.records.some(({ kind }) => kind === 'retrying'),
        result.stdout + result.stderr,
      ).toBe(true);
      expect(result.finished?.state, result.stdout + result.stderr).toBe('published');
      expect(result.status).toBe(0);
    } finally {
      cli.close();
      await target.drop();
    }
  });
});
