/** Derives from one declaration what a database's owner, its clients and its server agree on. */
import {
  address,
  endpoints,
  secret,
  type Address,
  type Endpoint,
  type Overlay,
  type Purpose,
  type SecretDeclaration,
} from '@cost-onprem/kit/vocabulary';
import { contract } from './contract.ts';
import { smallWork, usualWork, type DatabaseWork } from './database-sessions.ts';
import { caFile } from './trusted-ca.ts';

/** With this folder of overlays/ all databases are on an external server, and the cluster sets its address. */
const elsewhere = 'options/external-postgresql';

const role = 'database';

/** A PostgreSQL server. `Name` is the name of its workload. */
export interface PostgresServer<Name extends string = string> {
  readonly name: Name;
  /** One sentence for the documentation. */
  readonly purpose: string;
  readonly listens: { readonly postgres: Endpoint<Name> & { readonly port: 'postgres' } };
  readonly endpoint: Endpoint<Name>;
  /** The ConfigMap that tells clients its address. */
  readonly address: Address<'database' | 'username' | 'ca-file'>;
  readonly claim: `${Name}-data`;
}

/** A read replica, which the option `read-replica` adds. */
export interface PostgresReplica<Name extends string = string> extends PostgresServer<Name> {
  /** The password of the replication user. */
  readonly credentials: SecretDeclaration<'password'>;
}

/** A database with its own server. */
export interface PostgresDatabase<
  Name extends string = string,
  Replica extends PostgresReplica | undefined = PostgresReplica | undefined,
> extends PostgresServer<`db-${Name}`> {
  /** Default name of the database and of its owner. A cluster can set others. */
  readonly id: Name;
  /** The password of the database's owner. */
  readonly credentials: SecretDeclaration<'password'>;
  /** Extensions that the superuser creates, because the owner may not, or because its migrations expect them. */
  readonly extensions: readonly string[];
  readonly work: DatabaseWork;
  /** What it is there for, where a cluster may do without that. */
  readonly onlyFor?: Purpose;
  readonly replica: Replica;
}

interface Options {
  readonly purpose: string;
  readonly extensions?: readonly string[];
  /** True for few tables with short queries, so that the server fits into less memory. */
  readonly small?: true;
  /** The overlay without which it has no clients. */
  readonly usedWith?: Overlay;
  /** What it is there for, where a cluster may do without that. */
  readonly onlyFor?: Purpose;
  /** The purpose of a read replica. Only a database with a replica has a second address, for clients that only read. */
  readonly replica?: string;
}

/** Names that PostgreSQL accepts without quotes, and hyphens, because all our code quotes names. At most 63 bytes. */
const legal = /[a-z_][a-z0-9_-]{0,62}/;

const settings = (id: string) =>
  ({
    database: { value: id, purpose: 'Name of the database.', pattern: legal },
    username: { value: id, purpose: 'Owner of the database.', pattern: legal },
    'ca-file': {
      ...caFile('With it, clients encrypt connections and check that the server’s certificate is for its host name.'),
      withOverlay: elsewhere,
    },
  }) as const;

const server = <const Name extends string>(workload: Name, purpose: string) => {
  const listens = endpoints(workload, { postgres: 5432 });
  return { name: workload, purpose, listens, endpoint: listens.postgres, claim: `${workload}-data` as const };
};

/**
 * Declares a database: its server `db-<id>` with endpoint, address, credentials and claim. libs/postgresql writes a
 * base for it, and profiles and storage sizes must have a row for it.
 */
export const postgresDatabase = <const Name extends string, const Declared extends Options>(
  id: Name,
  { purpose, extensions = [], small, usedWith, onlyFor, replica }: Declared,
) => {
  const own = server(`db-${id}`, purpose);
  const optional = onlyFor && { onlyFor };
  const follower = (its: string) => ({
    ...server(`db-${id}-replica`, its),
    // The address of the primary, until an option or a cluster sets another.
    address: address(`db-${id}-reads`, own.endpoint, elsewhere, settings(id), optional),
    // A Secret apart from the owner's, because an external server does not have our replication user.
    credentials: { ...secret(`db-${id}-replication`, { password: 32 }), role } as const,
  });
  return {
    ...own,
    id,
    address: address(own.name, own.endpoint, elsewhere, settings(id), {
      ...(usedWith && { readWith: usedWith }),
      ...optional,
    }),
    credentials: secret(`${own.name}-credentials`, { password: 32 }),
    extensions,
    work: small ? smallWork : usualWork,
    ...optional,
    // The compiler cannot derive this type from the condition.
    replica: (replica === undefined ? undefined : follower(replica)) as Declared extends { readonly replica: string }
      ? PostgresReplica<`db-${Name}-replica`>
      : undefined,
  } satisfies PostgresDatabase<Name>;
};

/** The servers of databases, each primary before its replica. */
export const serversOf = <const Database extends PostgresDatabase>(databases: readonly Database[]) =>
  databases.flatMap((database) => (database.replica ? [database, database.replica] : [database])) as readonly (Pick<
    Database | NonNullable<Database['replica']>,
    'name' | 'claim'
  > &
    PostgresServer)[];

/** What databases declare for the code that needs all servers. */
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

/**
 * A command for images that have bash and no client of PostgreSQL: asks for encryption, which every server that listens
 * answers with S or N (PostgreSQL's protocol, SSLRequest).
 * @param host name of the variable with the server's host; `port` likewise
 */
export const postgresqlAnswers = (host: string, port: string): readonly string[] => [
  'bash',
  '-c',
  `exec 3<>"/dev/tcp/$${host}/$${port}" && printf '\\0\\0\\0\\010\\004\\322\\026\\057' >&3 && read -r -t 3 -n 1 answer <&3 && [[ $answer == [SN] ]]`,
];
