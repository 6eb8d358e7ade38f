import type { Sessions } from '@cost-onprem/kit';

/**
 * What `migrate_schemas --executor=multiprocessing` opens, the most of all commands: one of its own, and one for each of
 * two processes (tools/documentation/facts/koku.md#sessions-with-the-database).
 */
export const migrationSessions: Sessions = { count: 3 };
