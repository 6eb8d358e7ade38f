/** What the gateway does for ingress and sources-api: a real nginx between a client and test servers. */
import { gatewayRoutes, kokuPrefix, largeUploadsAtOnce, largestUpload, uploadType } from '@cost-onprem/contracts';
import { describe, expect, it } from 'vitest';
import { answererOf, byMethod, methods, ownGateway, reads, sharedGateway, writes } from './harness/blocks.ts';
import { megabyte } from './harness/client.ts';
import { allRoutes } from './harness/gateway.ts';

const { ingress } = gatewayRoutes;
const ingressPath = `${ingress.prefix}v1/upload`;

describe('what a refused upload hears', () => {
  const gateway = sharedGateway({ routes: allRoutes });
  const refused = (status: number) => async () => {
    gateway().answer((response) => {
      response.statusCode = status;
      response.end();
    });
    const { status: seen, headers, body } = await gateway().send({ method: 'POST', path: ingressPath, bytes: 10 });
    return { seen, type: headers['content-type'], retryAfter: headers['retry-after'], body: body.toString() };
  };

  it('415 says what to send', async () => {
    expect(await refused(415)()).toEqual({
      seen: 415,
      type: 'text/plain',
      retryAfter: undefined,
      body: `Send a part named file with the content type ${uploadType}.\n`,
    });
  });

  it('an upload that could not be stored may come again, and is told when', async () => {
    expect(await refused(500)()).toMatchObject({ seen: 503, retryAfter: '60', body: expect.stringMatching(/again/) });
  });

  it('the limit, although nothing is read of the body', async () => {
    const announcedBytes = ingress.largestBody * megabyte + 1;
    const { status, body } = await gateway().send({ method: 'POST', path: ingressPath, announcedBytes });
    expect({ status, body: body.toString() }).toEqual({
      status: 413,
      body: `An upload may have at most ${largestUpload} MiB.\n`,
    });
  });

  it('of large uploads at once, those that ingress has memory for pass, and the next is told when to come again', async () => {
    gateway().answer((response) => setTimeout(() => response.end('ok'), 1500));
    const send = (bytes: number) => gateway().send({ method: 'POST', path: ingressPath, bytes });
    const large = Array.from({ length: largeUploadsAtOnce }, () => send(11 * megabyte));
    while (gateway().arrivals.length < largeUploadsAtOnce) await new Promise((resolve) => setTimeout(resolve, 20));
    const [next, small] = await Promise.all([send(11 * megabyte), send(megabyte)]);
    expect({ status: next.status, retryAfter: next.headers['retry-after'] }).toEqual({ status: 503, retryAfter: '30' });
    expect(small.status).toBe(200);
    expect((await Promise.all(large)).map(({ status }) => status)).toEqual(large.map(() => 200));
  });

  it('other answers pass as they are', async () => {
    gateway().answer((response) => response.writeHead(400).end('File or upload field not found'));
    const { status, body } = await gateway().send({ method: 'POST', path: ingressPath, bytes: 10 });
    expect({ status, body: body.toString() }).toEqual({ status: 400, body: 'File or upload field not found' });
  });
});

describe('while sources-api keeps the sources', () => {
  const sources = `${kokuPrefix}/v1/sources/`;

  it.each(methods)('Koku’s own page of sources answers only reads: %s', async (method) => {
    const gateway = await ownGateway({ routes: allRoutes });
    expect(await answererOf(gateway, method, sources)).toBe(byMethod(method) === reads ? reads : 403);
  });

  it('without it, Koku writes sources', async () => {
    const gateway = await ownGateway();
    expect(await answererOf(gateway, 'POST', sources)).toBe(writes);
  });
});

describe('the name of a request', () => {
  const gateway = sharedGateway({ routes: allRoutes });

  it('each request has a name of the gateway’s own, because ingress stores an upload under it', async () => {
    const name = 'x-rh-insights-request-id';
    for (let sent = 0; sent < 2; sent += 1)
      await gateway().send({ path: ingressPath, headers: { [name]: '../another' } });
    const [one = '', other = ''] = gateway().arrivals.map(({ headers }) => headers[name]);
    expect([one, other]).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/), expect.stringMatching(/^[0-9a-f]{32}$/)]);
    expect(one).not.toBe(other);
  });
});
