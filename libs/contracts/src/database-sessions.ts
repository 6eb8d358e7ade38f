/** How many sessions a database server allows: not more than its memory holds, and not fewer than its clients may open. */

/** The variable by which the image is told, and what it takes without it. */
export const maxConnections = { variable: 'POSTGRESQL_MAX_CONNECTIONS', otherwise: 100 } as const;

/** PostgreSQL keeps them for superusers, such as a person who looks what is wrong. */
const reserved = 3;

/**
 * What `max_connections` must be for so many sessions of clients; replicas are not among them
 * (tools/documentation/facts/postgresql.md#what-counts-as-a-connection).
 */
export const connectionsFor = (sessions: number): number => sessions + reserved;

/** Mi of one session: 4 for a query and 4 for its process (tools/documentation/facts/postgresql.md#memory-of-a-session). */
const perSession = 8;

/** Mi of the three processes that vacuum at once, with `maintenance_work_mem` (PostgreSQL's defaults). */
const vacuum = 3 * 64;

/** Mi of /dev/shm, which parallel queries share: more than the 64 that a container has by default. */
export const databaseSharedMemory = 256;

/**
 * Mi that a server may need.
 * @param limit its memory limit in Mi, of which the image gives a quarter to shared buffers
 */
export const databaseMemory = (limit: number, connections: number): number =>
  Math.ceil(limit / 4) + databaseSharedMemory + vacuum + connections * perSession;
