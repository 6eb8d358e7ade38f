/** The platform's databases: the only place where one is declared. */
import { contractOf, postgresDatabase, type PostgresDatabase } from './postgres-database.ts';

/** Everything that the platform knows is in here. */
export const dbKoku = postgresDatabase('koku', {
  purpose: 'Koku’s PostgreSQL.',
  extensions: ['pg_stat_statements'],
  replica: 'A copy of Koku’s database that follows it (streaming replication).',
});

const all = [dbKoku] as const;

/** All of them. */
export const databases: readonly PostgresDatabase[] = all;

export const databasesContract = contractOf(all);
