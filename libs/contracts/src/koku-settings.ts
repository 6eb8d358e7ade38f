/** Koku's own settings: what an operator may change, and what the profile changes with the size. */
import { mergeable } from '@cost-onprem/kit/vocabulary';

const boolean = /True|False/;
const count = /[0-9]+/;

/** Every Koku container reads these as variables; names and defaults from facts/koku.md §1. */
export const kokuSettings = mergeable({
  name: 'koku-settings',
  purpose: 'Settings of Koku.',
  settings: {
    ONPREM: {
      value: 'False',
      purpose: 'True: PostgreSQL does the analytics, and only OpenShift sources are accepted. The stack decides.',
      pattern: boolean,
      setBy: 'stack',
    },
    RETAIN_NUM_MONTHS: {
      purpose: 'Months of data to keep. Left out: 4, and each customer may choose in the user interface.',
      pattern: count,
    },
    ENHANCED_ORG_ADMIN: {
      value: 'True',
      purpose:
        'True: organisation administrators see everything without asking RBAC, which is not part of this platform.',
      pattern: boolean,
    },
    KOKU_DEFAULT_CURRENCY: { value: 'USD', purpose: 'Currency of new customers.', pattern: /[A-Z]{3}/ },
    CACHE_TIMEOUT: { value: '3600', purpose: 'Seconds for which answers of the API are cached.', pattern: count },
    TAG_ENABLED_LIMIT: { value: '200', purpose: 'How many tag keys a customer may enable.', pattern: count },
    MAX_GROUP_BY_OVERRIDE: { value: '3', purpose: 'How many group_by a report may have.', pattern: count },
    KOKU_LOG_LEVEL: { purpose: 'Level of Koku’s own log; the profile’s where left out.', pattern: /[A-Z]+/ },
    DJANGO_LOG_LEVEL: { purpose: 'Level of the framework’s log; the profile’s where left out.', pattern: /[A-Z]+/ },
    DJANGO_LOG_FORMATTER: { value: 'simple', purpose: 'Format of a log line.', pattern: /[a-z]+/ },
  },
});

/** The ConfigMap that every profile brings; a cluster’s `koku-settings` beats it. */
export const kokuProfile = { name: 'koku-profile' } as const;

/** Variables that grow with the size. */
export type KokuProfileKey = 'GUNICORN_WORKERS' | 'GUNICORN_LOG_LEVEL' | 'KOKU_LOG_LEVEL' | 'DJANGO_LOG_LEVEL';
