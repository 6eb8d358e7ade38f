/** What all PostgreSQL servers of the platform have in common: image, paths, probes, how they stop. */
import { databaseSharedMemory, type PostgresServer } from '@cost-onprem/contracts';
import type { Endpoint, Files, Probe, Probes } from '@cost-onprem/kit';

/** 16 or newer (tools/documentation/facts/postgresql.md#version-16). The image accepts any UID. */
// renovate: datasource=docker
export const image = 'quay.io/sclorg/postgresql-16-c9s:20260923';

const home = '/var/lib/pgsql';

/** The image keeps the cluster in a folder that it owns below the volume. */
const clusterFolder = `${home}/data/userdata`;

const accepts = (on: Endpoint, failures: number): Probe => ({
  // As a named user: without a passwd entry for its UID libpq cannot guess one, and fails.
  // Over TCP: while the image sets up roles, the server listens on its socket alone.
  check: { run: ['pg_isready', '--quiet', '--host=127.0.0.1', '--username=postgres', `--port=${on.number}`] },
  every: 10,
  timeout: 5,
  failures,
});

/** Recovery after a crash may take long and must not be cut short: an hour until the first answer. */
const probes = (on: Endpoint): Probes => ({
  startup: accepts(on, 360),
  readiness: accepts(on, 3),
  liveness: accepts(on, 12),
});

/** Settings that the image includes; replicas need the same as their primary. */
const configuration = `# Write-ahead log kept for a replica that was away for a while.
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
`;

/** The parts of a declaration that every server shares. */
const common = {
  kind: 'StatefulSet',
  image,
  wave: 'data',
  scratch: [{ path: home }, { path: '/run/postgresql' }],
  sharedMemory: databaseSharedMemory,
  // SIGTERM waits for every client to leave; this does not, and loses nothing.
  beforeStop: ['pg_ctl', 'stop', '--mode=fast', `--pgdata=${clusterFolder}`],
  gracePeriod: 120,
  singleton: true,
  role: 'database',
} as const;

/** Folders in which the image looks for settings, and for scripts that it sources: first, and at each start. */
type Customization = 'cfg' | 'pre-start' | 'start';

/** A file of a server for the image. */
export const customization = (
  configMap: string,
  folder: Customization,
  contents: Readonly<Record<string, string>>,
): Files => ({ configMap, mountPath: `/opt/app-root/src/postgresql-${folder}`, contents });

/**
 * What a server of a database declares.
 * @param id of the database, by which its files are named
 */
export const server = <const Name extends string>(id: string, of: PostgresServer<Name>) =>
  ({
    ...common,
    name: of.name,
    purpose: of.purpose,
    listens: of.listens,
    files: [customization(`${of.name}-configuration`, 'cfg', { [`${id}.conf`]: configuration })],
    store: { claim: of.claim, mountPath: `${home}/data` },
    probes: probes(of.endpoint),
  }) as const;
