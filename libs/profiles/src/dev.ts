import { mapValues, type Bounds, type PodSize } from '@cost-onprem/kit';
import { minimal } from './minimal.ts';
import type { PlatformProfile } from './profile.ts';

const half = ([request, limit]: Bounds): Bounds => [Math.ceil(request / 2), limit];

const halved = ({ millicores, mebibytes }: PodSize): PodSize => ({
  millicores: half(millicores),
  mebibytes: half(mebibytes),
});

const debug = { GUNICORN_LOG_LEVEL: 'DEBUG', KOKU_LOG_LEVEL: 'DEBUG', DJANGO_LOG_LEVEL: 'DEBUG' } as const;

/** For one node and one developer (tools/documentation/facts/decisions.md#sizes-of-dev). */
export const dev: PlatformProfile = {
  name: 'dev',
  purpose: 'One node and one developer: one replica of each workload, half of the requests of `minimal`, debug logs.',
  services: mapValues(minimal.services, (size) => ({ ...halved(size), replicas: size.replicas === 0 ? 0 : 1 })),
  jobs: mapValues(minimal.jobs, halved),
  cronJobs: mapValues(minimal.cronJobs, halved),
  sidecars: mapValues(minimal.sidecars, halved),
  nodePools: mapValues(minimal.nodePools, (size) => ({ ...size, ...halved(size) })),
  connections: minimal.connections,
  waitFor: halved(minimal.waitFor),
  settings: { 'koku-profile': { ...minimal.settings['koku-profile'], ...debug } },
};
