/** The worked example of tools/documentation/vocabulary.md, which shows this file piece by piece. */
import { postgresDatabase, valkeyAddress, valkeyCredentials, type GatewayRoute } from '@cost-onprem/contracts';
import { application, endpoints, workload } from '@cost-onprem/kit';

/** Where the application listens, by name. */
export const notes = endpoints('notes', { http: 8080, metrics: 9000 });

/** Its database, on a server `db-notes` with a password of 32 characters. */
export const dbNotes = postgresDatabase('notes', { purpose: 'The database of notes.' });

/** Callers reach it at this prefix of the gateway. */
export const notesRoute: GatewayRoute = { prefix: '/api/notes/', to: notes.http, largestBody: 1, timeout: 30 };

const notesServer = workload({
  name: 'notes',
  purpose: 'Keeps notes about costs.',
  kind: 'Deployment',
  wave: 'application',
  image: 'registry.example.com/notes:1.0',
  listens: notes,
  metrics: notes.metrics,
  connects: [
    {
      to: dbNotes.endpoint,
      env: {
        PGHOST: dbNotes.address.host,
        PGPORT: dbNotes.address.port,
        PGDATABASE: dbNotes.address.more.database,
        PGUSER: dbNotes.address.more.username,
        PGPASSWORD: dbNotes.credentials.keys.password,
      },
      waitFor: ['psql', '--command=select 1'],
    },
    {
      to: valkeyAddress.to,
      env: {
        REDIS_HOST: valkeyAddress.host,
        REDIS_PORT: valkeyAddress.port,
        REDIS_PASSWORD: valkeyCredentials.keys.password,
      },
    },
  ],
  probes: { readiness: { check: { get: '/ready', on: notes.http }, every: 10, timeout: 2, failures: 3 } },
});

/** What generation reads. */
export default application({ name: 'notes', bases: { '.': { workloads: [notesServer] } } });
