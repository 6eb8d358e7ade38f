/** How the gateway finds the applications, and where it listens: a real nginx with a name server that changes. */
import { existsSync, readFileSync } from 'node:fs';
import { gatewayRoutes, kokuApiReads, kokuPrefix } from '@cost-onprem/contracts';
import { describe, expect, it, onTestFinished } from 'vitest';
import { exchange } from './harness/client.ts';
import { allRoutes, startGateway, type Options } from './harness/gateway.ts';

const paths = [kokuPrefix + '/v1/status/', ...Object.values(gatewayRoutes).map(({ prefix }) => `${prefix}v1/a`)];
const requests = paths.flatMap((path) => [{ path }, { path, method: 'POST' }]);

const addresses = '/proc/net/if_inet6';
const hasIpv6 = existsSync(addresses) && readFileSync(addresses, 'utf8') !== '';

const ownGateway = async (options?: Options) => {
  const gateway = await startGateway({ routes: allRoutes, ...options });
  onTestFinished(gateway.stop);
  const statuses = () => Promise.all(requests.map(async (request) => (await gateway.send(request)).status));
  return { ...gateway, statuses };
};

const all = (status: number) => requests.map(() => status);

describe('the address of an application', () => {
  it('is looked up again after its Service was created again', async () => {
    const { statuses, move, arrivals } = await ownGateway();
    expect(await statuses()).toEqual(all(200));
    const workloads = [...new Set(arrivals.map(({ at }) => at))];
    expect(workloads).toHaveLength(2 + Object.keys(gatewayRoutes).length);
    for (const workload of workloads) await move(workload);
    await expect.poll(statuses, { timeout: 10_000, interval: 500 }).toEqual(all(200));
  });

  it('may appear after the gateway started', async () => {
    const { statuses, listen } = await ownGateway({ silent: true });
    expect(await statuses()).toEqual(all(502));
    await listen();
    expect(await statuses()).toEqual(all(200));
  });

  it.runIf(hasIpv6)('may be an IPv6 address', async () => {
    const { send, move } = await ownGateway();
    await move(kokuApiReads.http.workload, '::1');
    expect(await send({ path: paths[0] ?? '' })).toMatchObject({ status: 200 });
  });
});

describe('/etc/resolv.conf', () => {
  it.each<{ what: string; resolvConf: (nameServer: string) => string }>([
    {
      what: 'without the last line’s end',
      resolvConf: (nameServer) => `nameserver ${nameServer}\nsearch koku.svc.cluster.example`,
    },
    {
      what: 'with tabs, comments and options',
      resolvConf: (nameServer) =>
        `# kubelet\n; old\nsearch\tkoku.svc.cluster.example\tsvc.cluster.example\noptions\tndots:5\nnameserver\t${nameServer}\n`,
    },
    {
      what: 'with the domain of the node before that of the Services',
      resolvConf: (nameServer) => `search example.com koku.svc.cluster.example\nnameserver ${nameServer}\n`,
    },
    {
      what: 'with a name server of the link, which nginx cannot name',
      resolvConf: (nameServer) =>
        `search koku.svc.cluster.example\nnameserver fe80::1%eth0\nnameserver ${nameServer}\n`,
    },
  ])('$what', async ({ resolvConf }) => {
    const { statuses } = await ownGateway({ resolvConf });
    expect(await statuses()).toEqual(all(200));
  });

  it('may name IPv6 name servers', async () => {
    const search = 'search koku.svc.cluster.example\n';
    const { send } = await ownGateway({
      resolvConf: () => `${search}nameserver fd00::a\nnameserver ::ffff:10.0.0.1\n`,
    });
    expect(await send({ path: '/healthz' })).toMatchObject({ status: 200 });
  });

  it.each([
    { without: 'a name server', content: 'search koku.svc.cluster.example\n' },
    { without: 'the domain of the Services', content: 'search example.com\nnameserver 10.0.0.1\n' },
    { without: 'anything', content: '' },
  ])('without $without is refused at the start', async ({ content }) => {
    await expect(startGateway({ resolvConf: () => content })).rejects.toThrow(
      '/etc/resolv.conf must have a nameserver, and a search domain such as <namespace>.svc.cluster.local',
    );
  });
});

describe('the gateway listens', () => {
  const answers = async (port: number, host: string) =>
    exchange(port, { path: '/healthz', host }).then(
      ({ status }) => status,
      ({ code }: NodeJS.ErrnoException) => code,
    );

  it.runIf(hasIpv6)('on IPv4 and IPv6 where the node has both', async () => {
    const { port } = await ownGateway();
    expect([await answers(port, '127.0.0.1'), await answers(port, '::1')]).toEqual([200, 200]);
  });

  it('on IPv4 alone where the node has no IPv6', async () => {
    const { port } = await ownGateway({ ipv6: false });
    expect(await answers(port, '127.0.0.1')).toBe(200);
    expect(await answers(port, '::1')).not.toBe(200);
  });
});
