/** Parts that all PostgreSQL servers of the platform share: image, paths, probes and shutdown. */
import { smallWork, type DatabaseWork, type PostgresServer } from '@cost-onprem/contracts';
import type { Endpoint, Files, Probe, Probes } from '@cost-onprem/kit';

/** Koku needs 16 or newer (tools/documentation/facts/postgresql.md#version-16). The image runs with any UID. */
// renovate: datasource=docker
export const image = 'quay.io/sclorg/postgresql-16-c9s:20260923';

const home = '/var/lib/pgsql';

/** The image keeps the database cluster in this folder of the volume. */
const clusterFolder = `${home}/data/userdata`;

const accepts = (on: Endpoint, failures: number): Probe => ({
  // It names a user, because libpq fails when the UID has no passwd entry.
  // It uses TCP, because the server listens only on its socket while the image sets up roles.
  check: { run: ['pg_isready', '--quiet', '--host=127.0.0.1', '--username=postgres', `--port=${on.number}`] },
  every: 10,
  timeout: 5,
  failures,
});

/** The startup probe allows an hour, because recovery after a crash may take long and a restart would interrupt it. */
const probes = (on: Endpoint): Probes => ({
  startup: accepts(on, 360),
  readiness: accepts(on, 3),
  liveness: accepts(on, 12),
});

const small = `# One process at a time vacuums or creates an index, and none helps with a query, because memory is scarce.
autovacuum_max_workers = ${smallWork.vacuums}
maintenance_work_mem = ${smallWork.maintenance}MB
max_parallel_workers = 0
`;

/** Settings that the image includes. A replica needs the same as its primary. */
const configuration = (work: DatabaseWork): string => `# Write-ahead log kept for a replica that was away for a while.
wal_keep_size = 1GB
# Queries on a replica may take as long as a report, and are not cancelled for rows that they still read.
hot_standby_feedback = on
max_standby_streaming_delay = 120s
# What the server says is the container's log; the image would keep it in files beside the data.
log_destination = 'stderr'
logging_collector = off
# Changed passwords are stored this way, whatever pg_hba.conf calls the method.
password_encryption = scram-sha-256
# On a node that reserves huge pages PostgreSQL would take some, and SIGBUS would end it, because the pod may use none.
huge_pages = off
${work === smallWork ? small : ''}`;

/** The part of the declaration that is the same for every server. */
const common = {
  kind: 'StatefulSet',
  image,
  wave: 'data',
  scratch: [{ path: home }, { path: '/run/postgresql' }],
  // After SIGTERM PostgreSQL waits until every client disconnects. A fast stop ends their sessions and loses no data.
  beforeStop: ['pg_ctl', 'stop', '--mode=fast', `--pgdata=${clusterFolder}`],
  gracePeriod: 120,
  singleton: true,
  role: 'database',
} as const;

/** Folders of the image: for settings, for scripts that it sources first, and for scripts at each start. */
type Customization = 'cfg' | 'pre-start' | 'start';

/** Files for one of these folders. */
export const customization = (
  configMap: string,
  folder: Customization,
  contents: Readonly<Record<string, string>>,
): Files => ({ configMap, mountPath: `/opt/app-root/src/postgresql-${folder}`, contents });

/**
 * The declaration that the primary and the replica share.
 * @param id of the database, from which its files get their names
 */
export const server = <const Name extends string>(id: string, of: PostgresServer<Name>, work: DatabaseWork) =>
  ({
    ...common,
    sharedMemory: work.sharedMemory,
    name: of.name,
    purpose: of.purpose,
    listens: of.listens,
    files: [customization(`${of.name}-configuration`, 'cfg', { [`${id}.conf`]: configuration(work) })],
    store: { claim: of.claim, mountPath: `${home}/data` },
    probes: probes(of.endpoint),
  }) as const;
