import type { PostgresDatabase } from '@cost-onprem/contracts';
import type { Base } from '@cost-onprem/kit';
import { primary } from './primary.ts';
import { follower } from './replica.ts';

/** The bases of databases, one for each server. Stacks and options list the ones that they need. */
export const databaseBases = (databases: readonly PostgresDatabase[]): Readonly<Record<string, Base>> =>
  Object.fromEntries(
    databases.flatMap((database): readonly (readonly [string, Base])[] => {
      const { name, credentials, onlyFor, replica } = database;
      const optional = onlyFor && { onlyFor };
      const makes = [credentials, ...(replica ? [replica.credentials] : [])];
      return [
        [name, { ...optional, workloads: [primary(database)], makes }],
        ...(replica ? [[replica.name, { ...optional, workloads: [follower(database, replica)] }] as const] : []),
      ];
    }),
  );
