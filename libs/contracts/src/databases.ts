/** PostgreSQL: its servers, where clients look for them, their credentials and their disks. */
import { address, endpoints, secret } from '@cost-onprem/kit/vocabulary';
import { contract } from './contract.ts';
import { caFile } from './trusted-ca.ts';

export const dbKoku = endpoints('db-koku', { postgres: 5432 });
export const dbKokuReplica = endpoints('db-koku-replica', { postgres: 5432 });

/** With this folder of overlays/ the database is an external one, and a cluster says where it is. */
const elsewhere = 'options/external-postgresql';

const database = {
  database: { value: 'koku', purpose: 'Name of the database.', pattern: /[a-z_][a-z0-9_]*/ },
  username: { value: 'koku', purpose: 'Owner of the database.', pattern: /[a-z_][a-z0-9_]*/ },
  'ca-file': {
    ...caFile('Connections are encrypted, and the server’s certificate must be for its host name.'),
    withOverlay: elsewhere,
  },
} as const;

/** Where Koku writes. */
export const dbKokuAddress = address('db-koku', dbKoku.postgres, elsewhere, database);

/** Where koku-api-reads reads: the same server, until the option read-replica or a cluster says otherwise. */
export const dbKokuReadsAddress = address('db-koku-reads', dbKoku.postgres, elsewhere, database);

/** The owner of Koku's database, and the replica's own user. */
export const dbKokuCredentials = secret('db-koku-credentials', { password: 32, 'replication-password': 32 });

/** Volume claims. */
export const databaseClaims = { dbKoku: 'db-koku-data', dbKokuReplica: 'db-koku-replica-data' } as const;

export const databasesContract = contract({
  singletons: [dbKoku.postgres.workload, dbKokuReplica.postgres.workload],
  claims: [databaseClaims.dbKoku, databaseClaims.dbKokuReplica],
  addresses: [dbKokuAddress, dbKokuReadsAddress],
  secrets: [dbKokuCredentials],
});
