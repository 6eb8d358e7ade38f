/** What all PostgreSQL servers of the platform have in common: image, paths, probes, how they stop. */
import type { Endpoint, Probe, Probes } from '@cost-onprem/kit';

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
export const probes = (on: Endpoint): Probes => ({
  startup: accepts(on, 360),
  readiness: accepts(on, 3),
  liveness: accepts(on, 12),
});

/** Settings that the image includes; replicas need the same as their primary. */
export const configuration = `# Write-ahead log kept for a replica that was away for a while.
wal_keep_size = 1GB
# Queries on a replica may take as long as a report, and are not cancelled for rows that they still read.
hot_standby_feedback = on
max_standby_streaming_delay = 120s
# What the server says is the container's log; the image would keep it in files beside the data.
log_destination = 'stderr'
logging_collector = off
# Changed passwords are stored this way, whatever pg_hba.conf calls the method.
password_encryption = scram-sha-256
`;

/** The parts of a declaration that every server shares. */
export const server = {
  kind: 'StatefulSet',
  image,
  wave: 'data',
  scratch: [{ path: home }, { path: '/run/postgresql' }],
  // Parallel queries share more than the 64 Mi that a container has by default.
  sharedMemory: 256,
  // SIGTERM waits for every client to leave; this does not, and loses nothing.
  beforeStop: ['pg_ctl', 'stop', '--mode=fast', `--pgdata=${clusterFolder}`],
  gracePeriod: 120,
  singleton: true,
} as const;

/** Where the claim is mounted. */
export const dataFolder = `${home}/data`;

/** Where the image looks for settings, and for scripts that it runs at every start. */
export const configurationFolder = '/opt/app-root/src/postgresql-cfg';
export const startFolder = '/opt/app-root/src/postgresql-start';
