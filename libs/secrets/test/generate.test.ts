/** Runs the Job's program against a fake API server. The rehearsal runs it against a real one. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { generate } from '../src/generate.ts';

interface Secret {
  readonly metadata: { readonly name: string };
  readonly stringData: Readonly<Record<string, string>>;
}

const folder = mkdtempSync(join(tmpdir(), 'secrets-'));
const [account, declarations] = [join(folder, 'account'), join(folder, 'declarations')];
const stored = new Map<string, Secret>();
/** Statuses of the next answers; after these the server accepts every request. */
let answers: number[] = [];
let heard: string[] = [];
let server: ReturnType<typeof createServer>;

const certificate = (key: string, path: string, host: string): void => {
  const files = ['-keyout', key, '-out', path];
  const subject = ['-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...files, ...subject], { stdio: 'ignore' });
};

beforeAll(async () => {
  mkdirSync(account);
  const key = join(folder, 'key.pem');
  certificate(key, join(account, 'ca.crt'), 'localhost');
  writeFileSync(join(account, 'token'), 'token-of-the-account');
  writeFileSync(join(account, 'namespace'), 'somewhere');
  server = createServer(
    { key: readFileSync(key), cert: readFileSync(join(account, 'ca.crt')) },
    (request, response) => {
      heard.push(`${request.method} ${request.url} ${request.headers.authorization}`);
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        const secret = JSON.parse(body) as Secret;
        const status = answers.shift() ?? (stored.has(secret.metadata.name) ? 409 : 201);
        if (status === 201) stored.set(secret.metadata.name, secret);
        // A careless server might repeat the request.
        response.writeHead(status).end(body);
      });
    },
  );
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

beforeEach(() => {
  stored.clear();
  [answers, heard] = [[], []];
  rmSync(declarations, { recursive: true, force: true });
  mkdirSync(join(declarations, '..data'), { recursive: true });
  writeFileSync(join(declarations, 'store'), 'password 32\nreplication-password 16\n');
  writeFileSync(join(declarations, 'shop'), 'key 50\n');
});

const run = async (): Promise<{ readonly code: number; readonly said: string }> => {
  const url = `https://localhost:${(server.address() as AddressInfo).port}`;
  const program = generate({ account, declarations, server: url });
  const child = spawn('python3', ['-I', '-c', program], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (said += part.toString()));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code: code ?? -1, said })));
};

const values = (): readonly string[] => [...stored.values()].flatMap(({ stringData }) => Object.values(stringData));

test('creates every declared Secret, with letters and digits of the declared length', async () => {
  expect(await run()).toEqual({ code: 0, said: 'shop: made\nstore: made\n' });
  expect(Object.fromEntries([...stored].map(([name, { stringData }]) => [name, stringData]))).toEqual({
    shop: { key: expect.stringMatching(/^[A-Za-z0-9]{50}$/) as string },
    store: {
      password: expect.stringMatching(/^[A-Za-z0-9]{32}$/) as string,
      'replication-password': expect.stringMatching(/^[A-Za-z0-9]{16}$/) as string,
    },
  });
  expect(new Set(values()).size).toBe(3);
  expect(new Set(heard)).toEqual(new Set(['POST /api/v1/namespaces/somewhere/secrets Bearer token-of-the-account']));
});

test('leaves existing Secrets unchanged and creates only missing ones', async () => {
  await run();
  const first = structuredClone(stored);
  expect(await run()).toEqual({ code: 0, said: 'shop: is there already\nstore: is there already\n' });
  expect(stored).toEqual(first);
  stored.delete('shop');
  expect((await run()).said).toBe('shop: made\nstore: is there already\n');
  expect(stored.get('store')).toEqual(first.get('store'));
  expect(stored.get('shop')).not.toEqual(first.get('shop'));
});

test('retries while the server is not ready', async () => {
  answers = [503, 429];
  const { code, said } = await run();
  expect([code, stored.size]).toEqual([0, 2]);
  expect(said).toContain('shop: the API server says 503');
});

test('a refusal ends it with the name and the status, and it prints no value', async () => {
  answers = [201, 403];
  const { code, said } = await run();
  expect(code).toBe(1);
  const lines = ['shop: made', 'store: the API server says 403 Forbidden', 'store could not be made'];
  expect(said.trim().split('\n').toSorted()).toEqual(lines.toSorted());
});

test('sends nothing to a server whose certificate the cluster’s CA did not sign', async () => {
  const authority = join(account, 'ca.crt');
  const real = readFileSync(authority);
  certificate('/dev/null', authority, 'other');
  const { code, said } = await run();
  writeFileSync(authority, real);
  expect(heard).toEqual([]);
  expect([code, said]).toEqual([1, expect.stringContaining('certificate verify failed')]);
});
