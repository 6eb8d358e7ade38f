/** What Koku logs, and what it sends to Sentry (koku/settings.py, koku/sentry.py and koku/feature_flags.py). */
import type { Setting } from '@cost-onprem/kit/vocabulary';
import { logLevel } from './value-types.ts';

export const logSettings = {
  KOKU_LOG_LEVEL: { purpose: 'Level of Koku’s own log. Default: the profile’s.', ...logLevel },
  DJANGO_LOG_LEVEL: { purpose: 'Level of Django’s log. Default: the profile’s.', ...logLevel },
  GUNICORN_LOG_LEVEL: {
    purpose: 'Level of the APIs’ web server. INFO logs a line for each request. Default: the profile’s.',
    ...logLevel,
  },
  DJANGO_LOG_FORMATTER: {
    otherwise: 'simple',
    purpose: 'Format of a log line: simple, or verbose with module and thread.',
    type: 'simple or verbose',
    pattern: /simple|verbose/,
  },
  KOKU_SENTRY_ENVIRONMENT: {
    // Koku's own default. Set, because with Sentry on Koku does not start without it.
    value: 'development',
    purpose:
      'Name of this installation in Sentry. Any name but development also delays calculations (DELAYED_TASK_TIME), and switches off features that Koku counts as unfinished.',
    type: 'lower-case letters, digits and -',
    pattern: /[a-z][a-z0-9-]*/,
  },
} as const satisfies Readonly<Record<string, Setting>>;
