/** A gateway for the tests of a block, or for one test, and what answers a request. */
import { kokuApiReads, kokuApiWrites } from '@cost-onprem/contracts';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished } from 'vitest';
import { startGateway, type Gateway, type Options } from './gateway.ts';
import { ok } from './upstream.ts';

export const reads = kokuApiReads.http.workload;
export const writes = kokuApiWrites.http.workload;

export const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
export const byMethod = (method: string) => (['GET', 'HEAD'].includes(method) ? reads : writes);

/** One gateway for all tests of a block. */
export const sharedGateway = (options?: Options) => {
  let gateway: Gateway | undefined;
  const get = () => gateway ?? expect.fail('the gateway did not start');
  beforeAll(async () => {
    gateway = await startGateway(options);
  });
  beforeEach(() => get().answer(ok));
  afterAll(() => gateway?.stop());
  return get;
};

/** A gateway of one test. */
export const ownGateway = async (options?: Options) => {
  const gateway = await startGateway(options);
  onTestFinished(gateway.stop);
  return gateway;
};

/** What answers: a workload, or the gateway itself with a status. */
export const answererOf = async (gateway: Gateway, method: string, path: string) => {
  gateway.answer(ok);
  const { status, headers } = await gateway.send({ method, path });
  const arrivals = gateway.arrivals.map((arrival) => `${arrival.at} ${arrival.method} ${arrival.path}`);
  if (arrivals.length === 0) return status;
  expect({ status, arrivals }).toEqual({ status: 200, arrivals: [`${headers['x-answered-by']} ${method} ${path}`] });
  return headers['x-answered-by'];
};
