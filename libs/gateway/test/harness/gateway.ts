/** Starts the gateway, its name server, and the servers behind it. */
import { randomInt } from 'node:crypto';
import { gatewayRoutes, kokuApiReads, kokuApiWrites } from '@cost-onprem/contracts';
import type { Endpoint } from '@cost-onprem/kit';
import { routeFile } from '../../src/routes.ts';
import { exchange, type Reply, type Request } from './client.ts';
import { startNameServer } from './name-server.ts';
import { startNginx, token as usualToken, type Nginx } from './nginx.ts';
import { listen, ok, type Answer, type Arrival } from './upstream.ts';

const upstreams = [kokuApiReads.http, kokuApiWrites.http, ...Object.values(gatewayRoutes).map(({ to }) => to)];

export const allRoutes = Object.assign({}, ...Object.values(gatewayRoutes).map(routeFile)) as Record<string, string>;

export interface Options {
  /** Files in the folder of routes; none by default. */
  readonly routes?: Readonly<Record<string, string>>;
  /** Addresses that every name resolves to. */
  readonly addresses?: number;
  /** The token that the gateway demands. */
  readonly token?: string;
  /** Nothing listens and no name exists until `listen` is called. */
  readonly silent?: boolean;
  /** Whether the node has IPv6; true by default. */
  readonly ipv6?: boolean;
  /** Content of /etc/resolv.conf; by default that of a pod. @param nameServer the one that knows the servers */
  readonly resolvConf?: (nameServer: string) => string;
}

const resolvConfOfPod = (nameServer: string) =>
  `search ${domain} svc.cluster.example cluster.example\nnameserver ${nameServer}\noptions ndots:5\n`;

export interface Gateway extends Pick<Nginx, 'output' | 'port' | 'stop'> {
  /** Sends a request with the token. */
  readonly send: (request: Request) => Promise<Reply>;
  /** Sends a request without adding a header. */
  readonly sendAsIs: (request: Request) => Promise<Reply>;
  /** Requests that reached a server, oldest first. */
  readonly arrivals: Arrival[];
  /** Sets what servers answer from now on, and clears the arrivals. */
  readonly answer: (answer: Answer) => void;
  readonly listen: () => Promise<void>;
  /** Creates an application's Service again: its name has another address, at which a server listens. */
  readonly move: (workload: string, address?: string) => Promise<void>;
}

/** The domain of the namespace's Services, as the kubelet writes it. The cluster's own domain may be any. */
const domain = 'koku.svc.cluster.example';

/** Random addresses in 127/8, all of which are this machine, so that parallel runs do not collide. */
const randomNetwork = () => `127.${randomInt(1, 255)}.${randomInt(0, 255)}`;

const addressesOf = (count: number) => {
  const network = randomNetwork();
  return upstreams.flatMap((endpoint, row) =>
    Array.from({ length: count }, (_, column) => ({ endpoint, address: `${network}.${2 + row + column * 10}` })),
  );
};

/** Starts a gateway. The caller must stop it. */
export const startGateway = async ({
  routes = {},
  addresses = 1,
  silent = false,
  token = usualToken,
  ipv6 = true,
  resolvConf = resolvConfOfPod,
}: Options = {}): Promise<Gateway> => {
  const places = addressesOf(addresses);
  const arrivals: Arrival[] = [];
  const stops: (() => Promise<void>)[] = [];
  let answer = ok;
  const stop = async () => {
    for (const stopOne of stops.splice(0).toReversed()) await stopOne();
  };
  const arrived = (arrival: Arrival): Answer => {
    arrivals.push(arrival);
    return answer;
  };
  const names = new Map<string, readonly string[]>();
  const ends = new Map<string, readonly (() => Promise<void>)[]>();
  const listenAt = async (endpoint: Endpoint, address: string) => {
    const name = `${endpoint.workload}.${domain}`;
    const end = await listen(endpoint, address, arrived);
    names.set(name, [...(names.get(name) ?? []), address]);
    ends.set(name, [...(ends.get(name) ?? []), end]);
  };
  stops.push(async () => {
    for (const end of [...ends.values()].flat()) await end();
  });
  const move = async (workload: string, address = `${randomNetwork()}.1`) => {
    const endpoint = upstreams.find((each) => each.workload === workload);
    if (!endpoint) throw new Error(`no server ${workload}`);
    const name = `${workload}.${domain}`;
    for (const end of ends.get(name) ?? []) await end();
    ends.delete(name);
    names.delete(name);
    await listenAt(endpoint, address);
  };
  const listenAll = async () => {
    for (const { endpoint, address } of places) await listenAt(endpoint, address);
  };
  try {
    if (!silent) await listenAll();
    const nameServer = await startNameServer((name) => names.get(name));
    stops.push(nameServer.stop);
    const nginx = await startNginx({ resolvConf: resolvConf(nameServer.address), routes, token, ipv6 });
    stops.push(nginx.stop);
    return {
      output: nginx.output,
      port: nginx.port,
      stop,
      sendAsIs: (request) => exchange(nginx.port, request),
      send: (request) =>
        exchange(nginx.port, { ...request, headers: { Authorization: `Bearer ${token}`, ...request.headers } }),
      arrivals,
      answer: (next) => {
        answer = next;
        arrivals.length = 0;
      },
      listen: listenAll,
      move,
    };
  } catch (error) {
    await stop();
    throw error;
  }
};
