/** The programs that wait for a server over HTTP, against a real one. */
import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { httpCheck } from '../src/http-check.ts';
import type { HttpCheck } from '../src/index.ts';

const server = createServer((request, response) => {
  response.writeHead(request.url === '/ready' ? 204 : 503).end();
});

beforeAll(() => new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening)));
afterAll(() => void server.close());

const exitCode = (get: HttpCheck['get'], by: HttpCheck['by'], port: number): Promise<number> => {
  const [program = '', ...rest] = httpCheck({ workload: '127.0.0.1', port: 'http', number: port }, { get, by });
  return new Promise((done) => {
    execFile(program, rest, (error) => done(error ? 1 : 0));
  });
};

test.each(['curl', 'wget', 'python3', 'bash'] as const)(
  '%s tells an answer from an error and from silence',
  async (by) => {
    const { port } = server.address() as AddressInfo;
    expect(await exitCode('/ready', by, port)).toBe(0);
    expect(await exitCode('/starting', by, port)).toBe(1);
    // Port 1 is the one that no test opens.
    expect(await exitCode('/ready', by, 1)).toBe(1);
  },
);
