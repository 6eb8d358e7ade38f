/** What Koku says, and to whom (koku/settings.py, koku/sentry.py and koku/feature_flags.py of the application). */
import type { Setting } from '@cost-onprem/kit/vocabulary';
import { logLevel } from './value-types.ts';

export const logSettings = {
  KOKU_LOG_LEVEL: { purpose: 'Level of Koku’s own log; the profile’s where left out.', ...logLevel },
  DJANGO_LOG_LEVEL: { purpose: 'Level of the framework’s log; the profile’s where left out.', ...logLevel },
  GUNICORN_LOG_LEVEL: {
    purpose: 'Level of the APIs’ web server: with INFO a line for each request; the profile’s where left out.',
    ...logLevel,
  },
  DJANGO_LOG_FORMATTER: {
    otherwise: 'simple',
    purpose: 'Format of a log line: simple, or verbose with module and thread.',
    type: 'simple or verbose',
    pattern: /simple|verbose/,
  },
  KOKU_SENTRY_ENVIRONMENT: {
    // Koku's own default: with Sentry on it starts with no other than one that is set.
    value: 'development',
    purpose:
      'Name of this installation in Sentry. Any but development also delays calculations (DELAYED_TASK_TIME), and switches off what Koku counts as unfinished.',
    type: 'lower-case letters, digits and -',
    pattern: /[a-z][a-z0-9-]*/,
  },
} as const satisfies Readonly<Record<string, Setting>>;
