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

/** What a server does besides the queries of its sessions. */
export interface DatabaseWork {
  /** Mi of /dev/shm, which parallel queries share. */
  readonly sharedMemory: number;
  /** How many processes vacuum at once, and Mi for each (`maintenance_work_mem`). */
  readonly vacuums: number;
  readonly maintenance: number;
}

/** PostgreSQL's defaults, and more than the 64 Mi of /dev/shm that a container has by default. */
export const usualWork: DatabaseWork = { sharedMemory: 256, vacuums: 3, maintenance: 64 };

/** For a database of few tables with short queries: no query is parallel, and one process vacuums. */
export const smallWork: DatabaseWork = { sharedMemory: 16, vacuums: 1, maintenance: 32 };

/**
 * Mi that a server may need.
 * @param limit its memory limit in Mi, of which the image gives a quarter to shared buffers
 */
export const databaseMemory = (
  limit: number,
  connections: number,
  { sharedMemory, vacuums, maintenance }: DatabaseWork,
): number => Math.ceil(limit / 4) + sharedMemory + vacuums * maintenance + connections * perSession;
