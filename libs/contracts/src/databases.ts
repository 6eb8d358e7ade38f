/** The platform's databases. Add a further one here. */
import { contractOf, postgresDatabase, type PostgresDatabase } from './postgres-database.ts';

/** Koku's database, which has all data of the platform. */
export const dbKoku = postgresDatabase('koku', {
  purpose: 'Koku’s PostgreSQL.',
  extensions: ['pg_stat_statements'],
  replica: 'Read replica of Koku’s database (streaming replication).',
});

const all = [dbKoku] as const;

/** All databases. */
export const databases: readonly PostgresDatabase[] = all;

export const databasesContract = contractOf(all);
