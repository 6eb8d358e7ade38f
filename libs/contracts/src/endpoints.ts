/** Who listens where. The only place where a port number is written. */
import { address, endpoints } from '@cost-onprem/kit/vocabulary';
import type { KokuWorkerName } from './koku-workers.ts';

/** Ports are constants in Koku's code: 8000 for the API, 9000 for probes and metrics (facts/koku.md §6). */
const kokuApi = { http: 8000, metrics: 9000 } as const;

export const kokuApiReads = endpoints('koku-api-reads', kokuApi);
export const kokuApiWrites = endpoints('koku-api-writes', kokuApi);

/** Without authentication: never routed from outside (facts/koku.md §8, trap 12). */
export const kokuMasu = endpoints('koku-masu', kokuApi);

/** Every worker answers probes and Prometheus, and nothing else. */
export const kokuWorkerEndpoints = (name: KokuWorkerName) => endpoints(name, { metrics: kokuApi.metrics });

/** spec.md §2, row 3. */
export const kokuGateway = endpoints('koku-gateway', { http: 8000 });

export const dbKoku = endpoints('db-koku', { postgres: 5432 });
export const dbKokuReplica = endpoints('db-koku-replica', { postgres: 5432 });
export const valkey = endpoints('valkey', { redis: 6379 });

/** spec.md §2, rows 16 and 22; the gateway must know them before their libraries exist. */
export const rosocpApi = endpoints('rosocp-api', { http: 8000 });
export const ingress = endpoints('ingress', { http: 3000 });

const database = {
  database: { value: 'koku', purpose: 'Name of the database.', pattern: /[a-z_][a-z0-9_]*/ },
  username: { value: 'koku', purpose: 'Owner of the database.', pattern: /[a-z_][a-z0-9_]*/ },
} as const;

/** Where Koku writes. */
export const dbKokuAddress = address('db-koku', dbKoku.postgres, database);

/** Where koku-api-reads reads: the same server, until the option read-replica or a cluster says otherwise. */
export const dbKokuReadsAddress = address('db-koku-reads', dbKoku.postgres, database);

/** Cache, broker and results of Koku. */
export const valkeyAddress = address('valkey', valkey.redis);
