/** The behaviour of the gateway: a real nginx between a client and test servers. */
import { gatewayRoutes, kokuPrefix, largestBody, requestTimeout } from '@cost-onprem/contracts';
import { describe, expect, it } from 'vitest';
import { kokuGateway } from '../src/koku-gateway.ts';
import { nginxConf } from '../src/nginx.ts';
import { megabyte } from './harness/client.ts';
import { answererOf, byMethod, methods, ownGateway, sharedGateway } from './harness/blocks.ts';
import { allRoutes, startGateway, type Gateway } from './harness/gateway.ts';
import { token } from './harness/nginx.ts';
import { reset } from './harness/upstream.ts';

const ros = gatewayRoutes['rosocp-api'];
const { ingress } = gatewayRoutes;

const kokuPath = `${kokuPrefix}/v1/tags/openshift/app%2Fname/?filter[limit]=5&group_by%5Bproject%5D=a%2Fb`;
const rosPath = `${ros.prefix}openshift?limit=5`;
const ingressPath = `${ingress.prefix}v1/upload`;

/** What answers each method. */
const answerersOf = async (gateway: Gateway, path: string) => {
  const answerers: Record<string, unknown> = {};
  for (const method of methods) answerers[method] = await answererOf(gateway, method, path);
  return answerers;
};

const everyMethod = (answerer: (method: string) => string | number) =>
  Object.fromEntries(methods.map((method) => [method, answerer(method)]));

/** Paths of no application. The last ones only look like Koku's. */
const closedPaths = [
  '/',
  '/unknown',
  '/metrics',
  '/api/cost-management-internal/v1/status/',
  '/v1/download/',
  '/crawl_account_hierarchy/',
  '/expired_data/?schema=org1',
  `${kokuPrefix}/../../metrics`,
  `${kokuPrefix}/%2e%2e/%2e%2e/metrics`,
  `${kokuPrefix}/..%2f..%2fmetrics`,
];

/** A stack's routes, and what answers the paths of other applications. */
interface Stack {
  readonly stack: string;
  readonly routes: Readonly<Record<string, string>>;
  readonly rosBy: (method: string) => string;
  readonly ingressBy: (method: string) => string | number;
}

const stacks: readonly Stack[] = [
  { stack: 'without other applications', routes: {}, rosBy: byMethod, ingressBy: () => 404 },
  {
    stack: 'with other applications',
    routes: allRoutes,
    rosBy: () => ros.to.workload,
    ingressBy: () => ingress.to.workload,
  },
];

describe.each(stacks)('$stack, every method reaches the right server', ({ routes, rosBy, ingressBy }) => {
  const gateway = sharedGateway({ routes });

  it.each([
    { what: 'reads of Koku go to one Deployment, other methods to the other', path: kokuPath, by: byMethod },
    { what: 'recommendations', path: rosPath, by: rosBy },
    { what: 'uploads', path: ingressPath, by: ingressBy },
    { what: '/healthz', path: '/healthz', by: () => 200 },
    ...closedPaths.map((path) => ({ what: `${path} has no server`, path, by: () => 404 })),
  ])('$what', async ({ path, by }) => {
    expect(await answerersOf(gateway(), path)).toEqual(everyMethod(by));
  });

  it('a prefix without its slash redirects to the one with it, on the client’s host', async () => {
    const { status, headers } = await gateway().send({ path: kokuPrefix });
    expect({ status, location: headers.location }).toEqual({ status: 301, location: `${kokuPrefix}/` });
  });
});

describe('a request whose answer was lost', () => {
  const repeatable = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

  // After a failure nginx avoids an address for a while, and would send a request again only to another one.
  const gateway = sharedGateway({ routes: allRoutes, addresses: repeatable.length + 1 });

  it.each([kokuPath, rosPath, ingressPath].flatMap((path) => repeatable.map((method) => ({ method, path }))))(
    'is not sent twice: $method $path',
    async ({ method, path }) => {
      gateway().answer(reset);
      const { status } = await gateway().send({ method, path, bytes: 10 });
      expect({ status, arrivals: gateway().arrivals.length }).toEqual({ status: 502, arrivals: 1 });
    },
  );
});

describe('size and time', () => {
  const gateway = sharedGateway({ routes: allRoutes });

  it.each([
    { to: 'Koku', path: kokuPath, megabytes: 150 },
    { to: 'recommendations, up to their limit', path: rosPath, megabytes: ros.largestBody },
    { to: 'uploads, up to their limit', path: ingressPath, megabytes: ingress.largestBody },
  ])('$megabytes MB pass to $to', async ({ path, megabytes }) => {
    const { status } = await gateway().send({ method: 'POST', path, bytes: megabytes * megabyte });
    expect(status).toBe(200);
    expect(gateway().arrivals.map(({ bytes }) => bytes)).toEqual([megabytes * megabyte]);
  });

  it.each([
    { to: 'Koku', path: kokuPath, megabytes: largestBody },
    { to: 'recommendations', path: rosPath, megabytes: ros.largestBody },
    { to: 'uploads', path: ingressPath, megabytes: ingress.largestBody },
  ])('a byte over $megabytes MB is too large for $to', async ({ path, megabytes }) => {
    const { status } = await gateway().send({ method: 'POST', path, announcedBytes: megabytes * megabyte + 1 });
    expect({ status, arrivals: gateway().arrivals }).toEqual({ status: 413, arrivals: [] });
  });

  it('an answer passes that is larger than what is kept on disk', async () => {
    gateway().answer((response) => response.end(Buffer.alloc(100 * megabyte)));
    const { body } = await gateway().send({ path: kokuPath });
    expect(body.length).toBe(100 * megabyte);
  });

  it('a slow answer passes', async () => {
    gateway().answer((response) => setTimeout(() => response.end('late'), 2500));
    const replies = await Promise.all([kokuPath, rosPath, ingressPath].map((path) => gateway().send({ path })));
    expect(replies.map(({ body }) => body.toString())).toEqual(['late', 'late', 'late']);
  });

  it('the gateway waits longer than Koku takes, and its grace period is longer than that', () => {
    const waitIn = (text: string): number => Number(/proxy_read_timeout (\d+)s;/.exec(text)?.[1]);
    expect(waitIn(nginxConf(8000))).toBeGreaterThan(requestTimeout);
    const waits = [nginxConf(8000), ...Object.values(allRoutes)].map(waitIn);
    expect(kokuGateway.gracePeriod).toBeGreaterThan(Math.max(...waits));
  });
});

describe('headers', () => {
  const gateway = sharedGateway({ routes: allRoutes });
  const arrivingHeaders = async (headers: Record<string, string>, path = kokuPath) => {
    await gateway().send({ path, headers });
    return gateway().arrivals[0]?.headers;
  };

  describe.each([kokuPath, rosPath, ingressPath])('to %s', (path) => {
    it('a large identity arrives, and the client’s Host header', async () => {
      const sent = { 'x-rh-identity': 'A'.repeat(12 * 1024), host: 'cost.example.com:8443' };
      expect(await arrivingHeaders(sent, path)).toMatchObject(sent);
    });

    it('a router’s headers about the client arrive, with the router added', async () => {
      const sent = { 'x-forwarded-for': '203.0.113.7', 'x-forwarded-proto': 'https' };
      const arriving = { 'x-forwarded-for': '203.0.113.7, 127.0.0.1', 'x-forwarded-proto': 'https' };
      expect(await arrivingHeaders(sent, path)).toMatchObject(arriving);
    });

    it('without a router the headers name the client itself', async () => {
      const arriving = { 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'http' };
      expect(await arrivingHeaders({}, path)).toMatchObject(arriving);
    });

    it('the gateway keeps no connection for another request', async () => {
      expect(await arrivingHeaders({}, path)).toHaveProperty('connection', 'close');
    });
  });

  it('a header with an underscore does not arrive, because Python cannot tell it from a dash', async () => {
    const arriving = await arrivingHeaders({ x_rh_identity: 'forged', 'x-rh-identity': 'real' });
    expect(arriving).toHaveProperty('x-rh-identity', 'real');
    expect(arriving).not.toHaveProperty('x_rh_identity');
  });

  it.each([201, 301, 401, 404, 413, 424, 500, 502, 503])(
    'an answer with status %i returns unchanged',
    async (status) => {
      const headers = { location: 'http://elsewhere:8000/a', 'set-cookie': ['a=1', 'b=2'], 'content-type': 'text/x' };
      gateway().answer((response) => response.writeHead(status, headers).end('own words'));
      const reply = await gateway().send({ path: kokuPath });
      expect(reply).toMatchObject({ status, headers, body: Buffer.from('own words') });
    },
  );
});

describe('the token', () => {
  const gateway = sharedGateway({ routes: allRoutes });
  const paths = [kokuPath, rosPath, ingressPath, '/', '/metrics', '/healthz/..', `/healthz/../${kokuPath}`];

  it.each([
    undefined,
    `Bearer ${token.toUpperCase()}`,
    `Bearer ${token}x`,
    `Bearer x${token}`,
    `Basic ${token}`,
    `XBearer ${token}`,
    `Bearer${token}`,
    token,
    'Bearer ',
  ])('with %s every request gets 401, whatever the identity says', async (authorization) => {
    for (const method of methods)
      for (const path of paths) {
        const headers = { 'x-rh-identity': 'forged', ...(authorization && { authorization }) };
        const { status, headers: answered } = await gateway().sendAsIs({ method, path, headers });
        expect({ path, status }).toEqual({ path, status: 401 });
        expect(answered).toHaveProperty('www-authenticate', 'Bearer realm="cost-management"');
      }
    expect(gateway().arrivals).toEqual([]);
  });

  it.each(['Bearer', 'bearer', 'BEARER', 'bEaReR', 'Bearer  '])('is accepted after the scheme “%s”', async (scheme) => {
    const headers = { authorization: `${scheme} ${token}` };
    expect(await gateway().sendAsIs({ path: kokuPath, headers })).toMatchObject({ status: 200 });
  });

  it('does not reach the applications', async () => {
    await gateway().send({ path: kokuPath });
    expect(gateway().arrivals).toHaveLength(1);
    expect(gateway().arrivals[0]?.headers).not.toHaveProperty('authorization');
  });

  it('is not needed for the kubelet’s probe', async () => {
    expect(await gateway().sendAsIs({ path: '/healthz' })).toMatchObject({ status: 200 });
  });

  it('with other characters than letters and digits is refused at the start', async () => {
    for (const bad of ['', '.*', 'a b', 'a;b'])
      await expect(startGateway({ token: bad })).rejects.toThrow('the token must be letters and digits alone');
  });
});

describe('life', () => {
  it('starts before its servers listen, and finds them as soon as they do', async () => {
    const gateway = await ownGateway({ routes: allRoutes, silent: true });
    const requests = [kokuPath, rosPath, ingressPath].flatMap((path) => [{ path }, { path, method: 'POST' }]);
    const statuses = () => Promise.all(requests.map(async (request) => (await gateway.send(request)).status));
    for (let round = 0; round < 3; round += 1)
      expect((await statuses()).map((status) => [502, 503].includes(status))).toEqual(requests.map(() => true));
    await gateway.listen();
    expect(await statuses()).toEqual(requests.map(() => 200));
  });

  it('writes only to /tmp, and logs on stdout which server answered', async () => {
    const gateway = await ownGateway();
    await gateway.send({ method: 'PUT', path: kokuPath, bytes: megabyte });
    await gateway.send({ path: '/healthz' });
    gateway.answer((response) => response.end(Buffer.alloc(20 * megabyte)));
    await gateway.send({ path: kokuPath });
    const lines = async () => (await gateway.output('stdout')).trim().split('\n');
    await expect
      .poll(lines)
      .toEqual([
        expect.stringMatching(/^127\.0\.0\.1 "PUT .*" 200 2 [\d.]+ "koku-api-writes\..*"$/),
        expect.stringMatching(/^127\.0\.0\.1 "GET .*" 200 20971520 [\d.]+ "koku-api-reads\..*"$/),
      ]);
    expect(await gateway.output('stderr')).toBe('');
  });
});
