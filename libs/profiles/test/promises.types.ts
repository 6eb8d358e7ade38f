/** Mistakes that `npx nx typecheck workspace` must refuse: an unused `@ts-expect-error` is an error. */
import { dbKoku, kokuApiReads, kokuApiWrites, publicAddress, valkey } from '@cost-onprem/contracts';
import { endpoints, setting, workload, type Connection, type Env, type Profile, type Setting } from '@cost-onprem/kit';
import { minimal, type PlatformProfile, type PlatformStorage } from '../src/index.ts';
import type { ApplicationRows } from '../src/rows.ts';

const right = {
  name: 'koku-api-reads',
  purpose: 'A declaration that compiles.',
  kind: 'Deployment',
  image: 'registry.example.com/koku:1',
  wave: 'application',
} as const;

workload({ ...right, listens: kokuApiReads, metrics: kokuApiReads.metrics });

// @ts-expect-error an endpoint that the database does not declare: did you mean postgres?
export const endpoint: Connection = { to: dbKoku.postgress };

// @ts-expect-error a key that the Secret does not have: did you mean password?
export const key = dbKoku.credentials.keys.pasword;

// @ts-expect-error a field that no workload has
workload({ ...right, imagePolicy: 'Always' });

// @ts-expect-error a boolean in a variable, because Python reads True and Go reads true
export const boolean: Env = { ONPREM: true };

// @ts-expect-error a number in a variable
export const number: Env = { GUNICORN_WORKERS: 4 };

// @ts-expect-error ports of another workload
workload({ ...right, listens: kokuApiWrites });

// @ts-expect-error metrics of another workload
workload({ ...right, listens: kokuApiReads, metrics: kokuApiWrites.metrics });

workload({ ...right, listens: kokuApiReads, metrics: { ...kokuApiReads.http, path: '/q/metrics' } });

// @ts-expect-error a path of metrics that does not begin with a slash
workload({ ...right, listens: kokuApiReads, metrics: { ...kokuApiReads.http, path: 'q/metrics' } });

// @ts-expect-error a path of metrics without a port
workload({ ...right, listens: kokuApiReads, metrics: { path: '/q/metrics' } });

// @ts-expect-error a key that no cluster may merge
setting(publicAddress, 'hots');

// @ts-expect-error an overlay that does not exist: did you mean options/exchange-rates?
export const overlay: Setting = { purpose: 'A key.', withOverlay: 'options/exchange-rate' };

// @ts-expect-error a server from an overlay that does not exist: did you mean options/read-replica?
export const presence: Connection = { to: dbKoku.endpoint, when: 'options/read-replicas' };

// @ts-expect-error a kind for which the kit derives no objects
workload({ ...right, kind: 'ReplicaSet' });

// @ts-expect-error a wave that Argo CD does not have
workload({ ...right, wave: 'last' });

workload({ ...right, secretFiles: [{ mountPath: '/etc/database', secret: dbKoku.credentials }] });

// @ts-expect-error one key of a Secret as a folder: files come of whole Secrets
workload({ ...right, secretFiles: [{ mountPath: '/etc/database', secret: dbKoku.credentials.keys.password }] });

workload({ ...right, ephemeral: [{ path: '/var/spill', gibibytes: 50 }] });

// @ts-expect-error a volume without a size
workload({ ...right, ephemeral: [{ path: '/var/spill' }] });

endpoints('web', { http: { pod: 8080, service: 80 } });

// @ts-expect-error a Service's port without the pod's
endpoints('web', { http: { service: 80 } });

const beside = { name: 'proxy', image: 'registry.example.com/proxy:1' } as const;
workload({ ...right, sidecars: [{ ...beside, listens: kokuApiReads }] });

// @ts-expect-error a second container without an image
workload({ ...right, sidecars: [{ name: 'proxy' }] });

// @ts-expect-error a second container on ports of another workload
workload({ ...right, sidecars: [{ ...beside, listens: kokuApiWrites }] });

type WithProxy = Profile<string, string, string, string, string, object, 'koku-api-reads/proxy'>;
// @ts-expect-error a profile without the row of a second container
export const withoutProxy: WithProxy = { ...minimal, sidecars: {} };

export const asks: Connection = { to: kokuApiReads.http, waitFor: { get: '/status', by: 'curl' } };

// @ts-expect-error a request by a program that the kit does not know
export const unknownProgram: Connection = { to: kokuApiReads.http, waitFor: { get: '/status', by: 'nc' } };

// @ts-expect-error a path that does not begin with a slash
export const noPath: Connection = { to: kokuApiReads.http, waitFor: { get: 'status', by: 'curl' } };

// @ts-expect-error a request that does not say which program of the image makes it
export const noProgram: Connection = { to: kokuApiReads.http, waitFor: { get: '/status' } };

const { valkey: _row, ...tooFew } = minimal.services;
// @ts-expect-error a profile that lacks a row
export const profile: PlatformProfile = { ...minimal, services: tooFew };

// @ts-expect-error a profile without the number of connections of a database
export const unlimited: PlatformProfile = { ...minimal, connections: {} };

const { services } = minimal;
export const surplus: PlatformProfile = {
  ...minimal,
  // @ts-expect-error a size for a workload that does not exist
  services: { ...services, redis: services.valkey },
};

// @ts-expect-error a row of an application for a workload that does not exist
export const rows: ApplicationRows = { redis: { minimal: services.valkey, production: services.valkey } };

export const elsewhere: PlatformProfile = {
  ...minimal,
  // @ts-expect-error variables for a ConfigMap that profiles do not create
  settings: { ...minimal.settings, 'koku-settings': {} },
};

export const unread: PlatformProfile = {
  ...minimal,
  // @ts-expect-error a variable that the ConfigMap does not declare
  settings: { 'koku-profile': { ...minimal.settings['koku-profile'], GUNICORN_THREADS: '4' } },
};

const { GUNICORN_WORKERS: _workers, ...unset } = minimal.settings['koku-profile'];
// @ts-expect-error a variable that a profile leaves out
export const silent: PlatformProfile = { ...minimal, settings: { 'koku-profile': unset } };

const disk = { name: 'small', purpose: 'One disk.', nodePools: { 'dual-role': 1 } } as const;
// @ts-expect-error a disk size for too few claims
export const storage: PlatformStorage = { ...disk, gibibytes: { 'valkey-data': 1 } };

export const unaffected: Connection = { to: valkey.redis };
