/** How Koku learns where its servers are: variable names from facts/koku.md §1, not the plan's. */
import { dbKokuCredentials, valkeyAddress, valkeyCredentials } from '@cost-onprem/contracts';
import type { Address, Connection } from '@cost-onprem/kit';

/** Seconds that a check waits for an answer. */
const patience = 3;

const python = (program: string): readonly string[] => ['python3', '-c', program];

/** Koku reads `<DATABASE_SERVICE_NAME>_SERVICE_HOST` and `_PORT`. */
export const database = ({ to, host, port, more }: Address<'database' | 'username'>): Connection => ({
  to,
  env: {
    DATABASE_ENGINE: 'postgresql',
    DATABASE_SERVICE_NAME: 'database',
    DATABASE_SERVICE_HOST: host,
    DATABASE_SERVICE_PORT: port,
    DATABASE_NAME: more.database,
    DATABASE_USER: more.username,
    DATABASE_PASSWORD: dbKokuCredentials.keys.password,
  },
  waitFor: python(`import os, psycopg2
e = os.environ
psycopg2.connect(
    host=e["DATABASE_SERVICE_HOST"], port=e["DATABASE_SERVICE_PORT"], dbname=e["DATABASE_NAME"],
    user=e["DATABASE_USER"], password=e["DATABASE_PASSWORD"], connect_timeout=${patience},
).cursor().execute("select 1")
`),
});

/** Cache, Celery's broker and its results in one; the logical database 1 is a constant in Koku's code. */
export const redis = ({ to, host, port }: Address = valkeyAddress): Connection => ({
  to,
  env: {
    REDIS_HOST: host,
    REDIS_PORT: port,
    REDIS_PASSWORD: valkeyCredentials.keys.password,
  },
  waitFor: python(`import os, redis
e = os.environ
redis.Redis(
    host=e["REDIS_HOST"], port=int(e["REDIS_PORT"]), password=e["REDIS_PASSWORD"],
    socket_connect_timeout=${patience}, socket_timeout=${patience},
).ping()
`),
});
