// The web host's door: each thing that must not get in, and what is in its answers.

import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { WebSocket } from 'ws';
import type { ToHost, ToScreen } from '../../src/shared/wire.ts';
import { startWeb, type Web } from '../../src/web/start.ts';
import { openHost, type TestHost } from '../support/engine.ts';
import { filesBelow } from '../support/program.ts';

const CANARY = 'canary-5b1e0a-password';
const OUTSIDE = 'a file outside of the screens';

let host: TestHost;
let web: Web;
let origin: string;
let token: string;
let cookie: string;

beforeAll(async () => {
  host = openHost();
  const folder = join(mkdtempSync(join(inject('scratch'), 'web-')), 'renderer');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Drover</title>');
  writeFileSync(join(folder, 'assets/index-AbCd1234.js'), 'void 0;');
  writeFileSync(join(folder, '../outside.txt'), OUTSIDE);
  symlinkSync(join(folder, '../outside.txt'), join(folder, 'link.txt'));
  web = await startWeb({ host, rendererFolder: folder });
  const url = new URL(web.url);
  origin = url.origin;
  token = url.searchParams.get('token')!;
  cookie = `drover-${url.port}=${token}`;
});
afterAll(async () => {
  await web.close();
  host.close();
});

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** As raw as it gets: nothing tidies the path or the headers on the way. */
function get(path: string, headers: Record<string, string> = { cookie }, method = 'GET'): Promise<Answer> {
  const { hostname, port } = new URL(origin);
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const asked = request({ hostname, port, path, method, headers }, (response) => {
    let body = '';
    response.setEncoding('utf8').on('data', (text: string) => {
      body += text;
    });
    response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
  });
  asked.on('error', reject);
  asked.end();
  return promise;
}

/** The status with which an upgrade is answered; 101 when a socket opens. */
function upgrade(path: string, headers: Record<string, string>): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  const socket = new WebSocket(`${origin.replace('http', 'ws')}${path}`, { headers });
  socket.on('open', () => {
    resolve(101);
    socket.close();
  });
  socket.on('unexpected-response', (_request, response) => {
    resolve(response.statusCode ?? 0);
    socket.terminate();
  });
  socket.on('error', () => undefined);
  return promise;
}

/** Says one message and waits for the answer to it. */
async function ask(message: ToHost): Promise<ToScreen> {
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/wire`, { headers: { cookie, origin } });
  const { promise, resolve, reject } = Promise.withResolvers<ToScreen>();
  socket.on('open', () => socket.send(JSON.stringify(message)));
  socket.on('message', (data) => resolve(JSON.parse(String(data)) as ToScreen));
  socket.on('error', reject);
  const answer = await promise;
  socket.close();
  return answer;
}

test('it listens on the loopback address alone', () => {
  expect(new URL(web.url).hostname).toBe('127.0.0.1');
});

describe('the token', () => {
  test('holds 256 bits', () => {
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  });

  test('in the URL becomes a cookie that no script can read and no other site sends, and leaves the address bar', async () => {
    const { status, headers } = await get(`/?token=${token}`, {});
    expect({ status, location: headers.location }).toEqual({ status: 303, location: '/' });
    expect(headers['set-cookie']).toEqual([`${cookie}; HttpOnly; SameSite=Strict; Path=/`]);
  });

  test('opens the page by a redirect of the page’s own when another site led here', async () => {
    const { status, headers } = await get(`/?token=${token}`, { 'sec-fetch-site': 'cross-site' });
    expect({ status, refresh: headers.refresh }).toEqual({ status: 200, refresh: '0; url=/' });
  });

  test.each(['/', '/index.html', '/assets/index-AbCd1234.js', '/no-such-page'])('is needed for %s', async (path) => {
    expect((await get(path, {})).status).toBe(403);
  });

  test('that is wrong, cut short or too long opens nothing', async () => {
    const wrong = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;
    for (const given of [wrong, token.slice(0, 20), `${token}A`, '', 'undefined']) {
      expect((await get(`/?token=${given}`, {})).status).toBe(403);
      expect((await get('/', { cookie: `${cookie.split('=')[0]}=${given}` })).status).toBe(403);
    }
  });

  test('works from the URL at the front page only', async () => {
    expect((await get(`/index.html?token=${token}`, {})).status).toBe(403);
  });

  test('of another launch on this machine is another cookie', async () => {
    expect((await get('/', { cookie: `drover-1=${token}` })).status).toBe(403);
    expect((await get('/', { cookie: `drover-1=x; ${cookie}; other=y` })).status).toBe(200);
  });

  test('as a ticket opens once', async () => {
    const { pathname, search } = new URL(web.ticket());
    const first = await get(`${pathname}${search}`, {});
    expect(first.status).toBe(303);
    expect(search).not.toContain(token);
    expect((await get(`${pathname}${search}`, {})).status).toBe(403);
  });
});

describe('requests', () => {
  test.each(['localhost', '127.0.0.1', 'evil.example', 'localhost:PORT', '127.0.0.1:1', '[::1]:PORT'])(
    'for the host %j are refused',
    async (name) => {
      const given = name.replace('PORT', new URL(origin).port);
      expect((await get('/', { cookie, host: given })).status).toBe(403);
      expect((await get(`/?token=${token}`, { host: given })).status).toBe(403);
    },
  );

  test.each(['null', 'https://evil.example', 'http://localhost:1'])('from the origin %s are refused', async (from) => {
    expect((await get('/', { cookie, origin: from })).status).toBe(403);
  });

  test('from the page itself are answered', async () => {
    const { status, body } = await get('/', { cookie, origin });
    expect(status).toBe(200);
    expect(body).toContain('<title>Drover</title>');
  });

  test.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])('by %s are refused', async (method) => {
    const { status, headers } = await get('/', { cookie }, method);
    expect(status).toBe(405);
    expect(headers.allow).toBe('GET, HEAD');
  });

  test('by HEAD have the headers and no body', async () => {
    const { status, headers, body } = await get('/', { cookie }, 'HEAD');
    expect({ status, body }).toEqual({ status: 200, body: '' });
    expect(Number(headers['content-length'])).toBeGreaterThan(0);
  });

  test.each([
    '/../outside.txt',
    '/assets/../../outside.txt',
    '/%2e%2e/outside.txt',
    '/..%2foutside.txt',
    '/%2e%2e%2foutside.txt',
    '/..\\outside.txt',
    '/assets/..%5c..%5coutside.txt',
    '//outside.txt',
    '/link.txt',
    '/etc/passwd',
    '/index.html%00.js',
    '/assets',
    '/%',
  ])('for %s find nothing', async (path) => {
    const { status, body } = await get(path);
    expect(status).toBe(404);
    expect(body).not.toContain(OUTSIDE);
  });
});

describe('headers', () => {
  const csp = (answer: Answer) =>
    Object.fromEntries(
      String(answer.headers['content-security-policy'])
        .split('; ')
        .map((each) => [each.split(' ')[0], each.split(' ').slice(1).join(' ')]),
    );

  test.each([
    ['the page', '/', {}],
    ['a script', '/assets/index-AbCd1234.js', {}],
    ['a refusal', '/', { cookie: '' }],
    ['a page that is not there', '/nothing', {}],
  ])('of %s bound what a page may do', async (_what, path, more) => {
    const answer = await get(path, { cookie, ...more });
    expect(csp(answer)).toEqual({
      'default-src': "'none'",
      'script-src': "'self'",
      'style-src': "'self' 'unsafe-inline'",
      'font-src': "'self'",
      'img-src': "'self' data:",
      'connect-src': `'self' ${origin.replace('http', 'ws')}`,
      'frame-ancestors': "'none'",
      'base-uri': "'none'",
      'form-action': "'none'",
    });
    expect(answer.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  test('let hashed files be kept, and nothing else', async () => {
    const script = await get('/assets/index-AbCd1234.js');
    expect(script.headers['cache-control']).toBe('private, max-age=31536000, immutable');
    expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect((await get('/')).headers['cache-control']).toBe('no-store');
    expect((await get(`/?token=${token}`, {})).headers['cache-control']).toBe('no-store');
  });
});

describe('the wire', () => {
  test('opens for the page itself', async () => {
    expect(await upgrade('/wire', { cookie, origin })).toBe(101);
  });

  test.each([
    ['without an origin', () => ({ cookie })],
    ['from another origin', () => ({ cookie, origin: 'https://evil.example' })],
    ['from the origin null', () => ({ cookie, origin: 'null' })],
    ['from another port', () => ({ cookie, origin: 'http://127.0.0.1:1' })],
    ['from the same name over https', () => ({ cookie, origin: origin.replace('http:', 'https:') })],
    ['without a token', () => ({ origin })],
    ['with a wrong token', () => ({ origin, cookie: `${cookie.slice(0, -4)}AAAA` })],
    ['for another host', () => ({ cookie, origin, host: 'evil.example' })],
  ])('does not open %s', async (_what, headers) => {
    expect(await upgrade('/wire', headers())).toBe(403);
  });

  test.each(['/', '/other', `/wire?token=x`])('is nowhere else, as at %s', async (path) => {
    expect(await upgrade(path, { cookie, origin })).toBe(403);
  });

  test('carries calls to the host and back', async () => {
    expect(await ask({ kind: 'call', id: 5, name: 'desk', input: {} })).toMatchObject({
      kind: 'answer',
      id: 5,
      output: { home: host.home, version: 'test' },
    });
  });

  test('survives what is no message at all', async () => {
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/wire`, { headers: { cookie, origin } });
    const { promise, resolve } = Promise.withResolvers<unknown>();
    socket.on('open', () => {
      for (const noise of ['{', 'null', '[]', '"x"', '{"id":{}}']) socket.send(noise);
      socket.send(Buffer.from([0, 1, 2]));
      socket.send(JSON.stringify({ kind: 'call', id: 1, name: 'run.active', input: {} }));
    });
    socket.on('message', (data) => resolve(JSON.parse(String(data))));
    expect(await promise).toEqual({ kind: 'answer', id: 1, output: [] });
    socket.close();
  });
});

test('a password that is kept shows nowhere: no answer, no file, no argument of the process', async () => {
  const url = `postgres://me:${CANARY}@db.example/shop`;
  const answers = [
    await ask({ kind: 'call', id: 1, name: 'secrets.keep', input: { url, secret: CANARY, remember: true } }),
    await ask({ kind: 'call', id: 2, name: 'desk.connections', input: { connections: [{ name: 'shop', url }] } }),
    await ask({ kind: 'call', id: 3, name: 'secrets.state', input: { url } }),
    await ask({ kind: 'call', id: 4, name: 'connect.parse', input: { url } }),
    await ask({ kind: 'call', id: 5, name: 'desk', input: {} }),
    await ask({ kind: 'call', id: 6, name: 'connect.test', input: { url: `${url}:nonsense`, password: CANARY } }),
  ];
  expect(answers.slice(0, 5).map(({ kind }) => kind)).toEqual(Array(5).fill('answer'));
  expect(answers[0]).toMatchObject({ output: { place: 'memory', keychain: { available: false } } });
  expect(JSON.stringify(answers)).not.toContain(CANARY);
  expect(filesBelow(host.home).length).toBeGreaterThan(0);
  for (const file of filesBelow(host.home)) expect(readFileSync(file).includes(CANARY), file).toBe(false);
  expect(process.argv.join(' ')).not.toContain(CANARY);
});

test('closing cuts the lines and frees the port', async () => {
  const folder = mkdtempSync(join(inject('scratch'), 'web-'));
  writeFileSync(join(folder, 'index.html'), '');
  const other = await startWeb({ host, rendererFolder: folder });
  const url = new URL(other.url);
  const socket = new WebSocket(`ws://${url.host}/wire`, {
    headers: { cookie: `drover-${url.port}=${url.searchParams.get('token')}`, origin: url.origin },
  });
  const { promise: opened, resolve: open } = Promise.withResolvers<void>();
  const { promise: closed, resolve: close } = Promise.withResolvers<number>();
  socket.on('open', open);
  socket.on('close', close);
  await opened;
  await other.close();
  expect(await closed).toBe(1001);
  const again = await startWeb({ host, rendererFolder: folder, port: Number(url.port) });
  expect(new URL(again.url).port).toBe(url.port);
  await again.close();
});

test('a port that is taken, and screens that are not built, are errors with a remedy', async () => {
  const port = Number(new URL(origin).port);
  const folder = mkdtempSync(join(inject('scratch'), 'web-'));
  await expect(startWeb({ host, rendererFolder: folder })).rejects.toMatchObject({
    data: { hint: expect.stringContaining('npm run build') },
  });
  writeFileSync(join(folder, 'index.html'), '');
  await expect(startWeb({ host, rendererFolder: folder, port })).rejects.toMatchObject({
    code: 'support.usage',
    data: { hint: expect.stringContaining('--port') },
  });
});
