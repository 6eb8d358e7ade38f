/** What the owner of a database, its clients and its server agree on: all of it follows from one declaration. */
import {
  address,
  endpoints,
  secret,
  type Address,
  type Endpoint,
  type SecretDeclaration,
} from '@cost-onprem/kit/vocabulary';
import { contract } from './contract.ts';
import { caFile } from './trusted-ca.ts';

/** With this folder of overlays/ every database is on an external server, and a cluster says where. */
const elsewhere = 'options/external-postgresql';

const role = 'database';

/** A server of PostgreSQL, by the name of its workload. */
export interface PostgresServer<Name extends string = string> {
  readonly name: Name;
  /** One sentence for the documentation. */
  readonly purpose: string;
  readonly listens: { readonly postgres: Endpoint<Name> & { readonly port: 'postgres' } };
  readonly endpoint: Endpoint<Name>;
  /** Where clients look for it. */
  readonly address: Address<'database' | 'username' | 'ca-file'>;
  readonly claim: `${Name}-data`;
}

/** A server that follows the database's own, which the option `read-replica` brings. */
export interface PostgresReplica<Name extends string = string> extends PostgresServer<Name> {
  /** Of the user by which it follows. */
  readonly credentials: SecretDeclaration<'password'>;
}

/** A database on a server of its own. */
export interface PostgresDatabase<
  Name extends string = string,
  Replica extends PostgresReplica | undefined = PostgresReplica | undefined,
> extends PostgresServer<`db-${Name}`> {
  /** Name of the database and of its owner, where a cluster says nothing else. */
  readonly id: Name;
  /** Of the database's owner. */
  readonly credentials: SecretDeclaration<'password'>;
  /** Made by the superuser, because the owner may not, or its migrations expect them. */
  readonly extensions: readonly string[];
  readonly replica: Replica;
}

interface Options {
  readonly purpose: string;
  readonly extensions?: readonly string[];
  /** The purpose of a replica; only a database with one has an address for clients that only read. */
  readonly replica?: string;
}

/** What PostgreSQL takes without quotes, and hyphens, which everything here quotes; names are up to 63 bytes long. */
const legal = /[a-z_][a-z0-9_-]{0,62}/;

const settings = (id: string) =>
  ({
    database: { value: id, purpose: 'Name of the database.', pattern: legal },
    username: { value: id, purpose: 'Owner of the database.', pattern: legal },
    'ca-file': {
      ...caFile('Connections are encrypted, and the server’s certificate must be for its host name.'),
      withOverlay: elsewhere,
    },
  }) as const;

const server = <const Name extends string>(workload: Name, purpose: string) => {
  const listens = endpoints(workload, { postgres: 5432 });
  return { name: workload, purpose, listens, endpoint: listens.postgres, claim: `${workload}-data` as const };
};

/**
 * Declares a database: its server `db-<id>` with endpoint, address, credentials and claim. libs/postgresql makes a base
 * of it, and profiles and storage sizes must have a row for it.
 */
export const postgresDatabase = <const Name extends string, const Declared extends Options>(
  id: Name,
  { purpose, extensions = [], replica }: Declared,
) => {
  const own = server(`db-${id}`, purpose);
  const follower = (its: string) => ({
    ...server(`db-${id}-replica`, its),
    // The same server, until an option or a cluster says otherwise.
    address: address(`db-${id}-reads`, own.endpoint, elsewhere, settings(id)),
    // Apart from the owner's, because an external server has no such user of ours.
    credentials: { ...secret(`db-${id}-replication`, { password: 32 }), role } as const,
  });
  return {
    ...own,
    id,
    address: address(own.name, own.endpoint, elsewhere, settings(id)),
    credentials: secret(`${own.name}-credentials`, { password: 32 }),
    extensions,
    // The compiler does not see that one follows from the other.
    replica: (replica === undefined ? undefined : follower(replica)) as Declared extends { readonly replica: string }
      ? PostgresReplica<`db-${Name}-replica`>
      : undefined,
  } satisfies PostgresDatabase<Name>;
};

/** The servers of some databases, each before the one that follows it. */
export const serversOf = <const Database extends PostgresDatabase>(databases: readonly Database[]) =>
  databases.flatMap((database) => (database.replica ? [database, database.replica] : [database])) as readonly (Pick<
    Database | NonNullable<Database['replica']>,
    'name' | 'claim'
  > &
    PostgresServer)[];

/** What some databases tell those who must know all servers. */
export const contractOf = <const Database extends PostgresDatabase>(databases: readonly Database[]) => {
  const servers = serversOf(databases);
  return contract({
    singletons: servers.map(({ name }) => name),
    claims: servers.map(({ claim }) => claim),
    databases: databases.map((database): Database['name'] => database.name),
    addresses: servers.map((one) => one.address),
    secrets: databases.flatMap(({ credentials, replica }) => [credentials, ...(replica ? [replica.credentials] : [])]),
  });
};
