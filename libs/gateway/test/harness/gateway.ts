/** Starts the gateway with the names that it resolves and the servers behind them. */
import { randomInt } from 'node:crypto';
import { gatewayRoutes, kokuApiReads, kokuApiWrites } from '@cost-onprem/contracts';
import { routeFile } from '../../src/routes.ts';
import { exchange, type Reply, type Request } from './client.ts';
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
  /** Nothing listens until `listen` is called. */
  readonly silent?: boolean;
}

export interface Gateway extends Pick<Nginx, 'output' | 'stop'> {
  /** Sends a request with the token. */
  readonly send: (request: Request) => Promise<Reply>;
  /** Sends a request without adding a header. */
  readonly sendAsIs: (request: Request) => Promise<Reply>;
  /** Requests that reached a server, oldest first. */
  readonly arrivals: Arrival[];
  /** Sets what servers answer from now on, and clears the arrivals. */
  readonly answer: (answer: Answer) => void;
  readonly listen: () => Promise<void>;
}

/** Random addresses in 127/8, all of which are this machine, so that parallel runs do not collide. */
const addressesOf = (count: number) => {
  const network = `127.${randomInt(1, 255)}.${randomInt(0, 255)}`;
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
  const listenAll = async () => {
    for (const { endpoint, address } of places) stops.push(await listen(endpoint, address, arrived));
  };
  try {
    if (!silent) await listenAll();
    const hosts = places.map(({ endpoint, address }) => `${address} ${endpoint.workload}\n`).join('');
    const nginx = await startNginx(hosts, routes, token);
    stops.push(nginx.stop);
    return {
      output: nginx.output,
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
    };
  } catch (error) {
    await stop();
    throw error;
  }
};
