import type { PostgresDatabase } from '@cost-onprem/contracts';
import type { Base } from '@cost-onprem/kit';
import { primary } from './primary.ts';
import { follower } from './replica.ts';

/** The bases of databases, one for each server. Stacks and options list the ones that they need. */
export const databaseBases = (databases: readonly PostgresDatabase[]): Readonly<Record<string, Base>> =>
  Object.fromEntries(
    databases.flatMap((database): readonly (readonly [string, Base])[] => {
      const { name, credentials, replica } = database;
      return [
        [name, { workloads: [primary(database)], makes: [credentials, ...(replica ? [replica.credentials] : [])] }],
        ...(replica ? [[replica.name, { workloads: [follower(database, replica)] }] as const] : []),
      ];
    }),
  );
