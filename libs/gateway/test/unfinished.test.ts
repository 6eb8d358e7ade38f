/** What clients may hold that do not finish their requests: a real nginx with the limit of open files of a container. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { kokuPrefix, largestHeader } from '@cost-onprem/contracts';
import { it, type TestContext } from 'vitest';
import { kokuGateway } from '../src/koku-gateway.ts';
import { requestsAtOnce } from '../src/nginx.ts';
import { startGateway, type Gateway } from './harness/gateway.ts';
import { hold } from './harness/held.ts';
import { token } from './harness/nginx.ts';

const path = `${kokuPrefix}/v1/status/`;

/** As many as stopped the probes of a gateway with nginx's usual limits. */
const many = 1200;

/** More than nginx has connections. */
const tooMany = 2500;

/** Seconds for one attempt of the readiness probe, and its attempts. */
const patience = kokuGateway.probes?.readiness?.timeout ?? 0;
const attempts = kokuGateway.probes?.readiness?.failures ?? 0;

const run = promisify(execFile);

/** A gateway of one test, and connections to it. */
const ownGateway = async ({ onTestFinished }: TestContext) => {
  const gateway = await startGateway();
  onTestFinished(gateway.stop);
  const held = async (count: number, text: string) => {
    const connections = await hold(gateway.port, count, text);
    onTestFinished(connections.end);
    return connections;
  };
  return { ...gateway, held };
};

/**
 * What the kubelet's probe gets: 200 if one of as many attempts succeeds as it makes before it removes the pod. Asked by
 * another process, because this one is busy with its connections.
 */
const health = async ({ port }: Gateway): Promise<string> => {
  const url = `http://127.0.0.1:${port}/healthz`;
  const attempt = () =>
    run('curl', [
      '--silent',
      '--output',
      '/dev/null',
      '--write-out',
      '%{http_code}',
      '--max-time',
      `${patience}`,
      url,
    ]).then(
      ({ stdout }) => stdout,
      () => 'no answer',
    );
  for (let left = attempts; left > 1; left -= 1) if ((await attempt()) === '200') return '200';
  return attempt();
};

it.concurrent(
  'half a header is held for ten seconds, and stops neither probes nor requests',
  async (test) => {
    const { expect } = test;
    const gateway = await ownGateway(test);
    const clients = await gateway.held(many, `GET ${path} HTTP/1.1\r\nHost: a\r\nX-`);
    expect(await health(gateway)).toBe('200');
    expect(await gateway.send({ path })).toMatchObject({ status: 200 });
    await expect.poll(clients.open, { timeout: 15_000, interval: 500 }).toBe(0);
  },
  60_000,
);

it.concurrent(
  'half a body is held for twenty seconds, by a limited number of requests',
  async (test) => {
    const { expect } = test;
    const gateway = await ownGateway(test);
    const head = `POST ${path} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${token}\r\nContent-Length: 9\r\n\r\n`;
    const clients = await gateway.held(many, `${head}1`);
    await expect.poll(() => clients.answers().length, { timeout: 10_000 }).toBe(many - requestsAtOnce);
    expect(new Set(clients.answers().map((answer) => answer.split(' ')[1]))).toEqual(new Set(['503']));
    expect(await gateway.send({ path })).toMatchObject({ status: 503 });
    expect(await health(gateway)).toBe('200');
    await expect.poll(async () => (await gateway.send({ path })).status, { timeout: 30_000, interval: 500 }).toBe(200);
    expect(gateway.arrivals).toHaveLength(1);
  },
  60_000,
);

it.concurrent(
  'without the token half a body gets its answer, and is held for a few seconds',
  async (test) => {
    const { expect } = test;
    const gateway = await ownGateway(test);
    const head = `POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Length: 900000\r\n\r\n`;
    const clients = await gateway.held(many, `${head}1`);
    await expect.poll(() => clients.answers().length, { timeout: 10_000 }).toBe(many);
    expect(new Set(clients.answers().map((answer) => answer.split(' ')[1]))).toEqual(new Set(['401']));
    expect(await health(gateway)).toBe('200');
    await expect.poll(clients.open, { timeout: 10_000, interval: 500 }).toBe(0);
  },
  60_000,
);

it('more connections than nginx has stop no probe if they send nothing', async (test) => {
  const { expect } = test;
  const gateway = await ownGateway(test);
  await gateway.held(tooMany, '');
  expect(await health(gateway)).toBe('200');
}, 60_000);

it('more connections than nginx has stop no probe if they wait for a next request', async (test) => {
  const { expect } = test;
  const gateway = await ownGateway(test);
  await gateway.held(tooMany, `GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n`);
  expect(await health(gateway)).toBe('200');
}, 60_000);

it('a header field as long as gunicorn takes passes, and a longer one gets 400', async (test) => {
  const { expect } = test;
  const gateway = await ownGateway(test);
  const limitOfGunicorn = 16_380;
  const identity = (length: number) => 'A'.repeat(length - 'X-Rh-Identity: \r\n'.length);
  const send = (length: number) => gateway.send({ path, headers: { 'X-Rh-Identity': identity(length) } });
  expect(await send(limitOfGunicorn)).toMatchObject({ status: 200 });
  expect(gateway.arrivals[0]?.headers).toHaveProperty('x-rh-identity', identity(limitOfGunicorn));
  expect(await send(largestHeader * 1024 + 1)).toMatchObject({ status: 400 });
});
