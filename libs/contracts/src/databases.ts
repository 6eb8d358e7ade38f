/** The platform's databases. Add a further one here. */
import { contractOf, postgresDatabase, type PostgresDatabase } from './postgres-database.ts';

/** Koku's database, which has all data of the platform. */
export const dbKoku = postgresDatabase('koku', {
  purpose: 'Koku’s PostgreSQL.',
  extensions: ['pg_stat_statements'],
  replica: 'Read replica of Koku’s database (streaming replication).',
});

/** The database of the resource optimisation: clusters, workloads and their recommendations. */
export const dbRos = postgresDatabase('ros', {
  purpose: 'PostgreSQL of the resource optimisation.',
  small: true,
  onlyFor: 'resource-optimization',
});

/** Kruize's database: what it was told of each container, and what it recommends. */
export const dbKruize = postgresDatabase('kruize', {
  purpose: 'Kruize’s PostgreSQL.',
  small: true,
  onlyFor: 'resource-optimization',
});

/** The database of sources-api, in clusters that have it. */
export const dbSources = postgresDatabase('sources', {
  purpose: 'PostgreSQL of sources-api.',
  small: true,
  usedWith: 'options/sources-api',
});

const all = [dbKoku, dbRos, dbKruize, dbSources] as const;

/** All databases. */
export const databases: readonly PostgresDatabase[] = all;

export const databasesContract = contractOf(all);
