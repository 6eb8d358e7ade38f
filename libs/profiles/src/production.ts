import type { PlatformProfile } from './profile.ts';

/** spec.md §4; what is not named there: the SaaS figures of facts/koku.md §2.1, and "medium" of facts/chart.md §5. */
export const production: PlatformProfile = {
  name: 'production',
  purpose: 'Several replicas of what answers requests, for two to seven clusters of some fifty nodes.',
  services: {
    'koku-api-reads': {
      replicas: 3,
      millicores: { request: 500, limit: 1000 },
      mebibytes: { request: 2048, limit: 3072 },
    },
    'koku-api-writes': {
      replicas: 2,
      millicores: { request: 500, limit: 1000 },
      mebibytes: { request: 1024, limit: 2048 },
    },
    'koku-gateway': { replicas: 3, millicores: { request: 100, limit: 200 }, mebibytes: { request: 100, limit: 200 } },
    'db-koku': { replicas: 1, millicores: { request: 1000, limit: 4000 }, mebibytes: { request: 2048, limit: 8192 } },
    'db-koku-replica': {
      replicas: 1,
      millicores: { request: 1000, limit: 4000 },
      mebibytes: { request: 2048, limit: 8192 },
    },
    // facts/chart.md §1; its limit was its maxmemory, so this one is twice that.
    valkey: { replicas: 1, millicores: { request: 100, limit: 500 }, mebibytes: { request: 256, limit: 1024 } },
  },
  jobs: {
    // facts/koku.md §2.1, Jobs.
    'koku-db-migrate': { millicores: { request: 500, limit: 3000 }, mebibytes: { request: 1024, limit: 2048 } },
  },
  settings: {
    GUNICORN_WORKERS: '4',
    GUNICORN_LOG_LEVEL: 'INFO',
    KOKU_LOG_LEVEL: 'INFO',
    DJANGO_LOG_LEVEL: 'INFO',
  },
};
