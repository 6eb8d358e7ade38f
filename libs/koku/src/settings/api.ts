/** What users see of Koku's API, and what the API caches (koku/settings.py of the application). */
import type { Setting } from '@cost-onprem/kit/vocabulary';
import { trueOrFalse, wholeNumber } from './value-types.ts';

export const apiSettings = {
  ENHANCED_ORG_ADMIN: {
    value: 'True',
    purpose:
      'True: organisation administrators see everything. Koku does not ask RBAC, which is not part of this platform.',
    ...trueOrFalse,
  },
  KOKU_DEFAULT_CURRENCY: {
    otherwise: 'USD',
    purpose: 'Currency of cost models, and of users who have chosen none.',
    type: 'code of ISO 4217',
    pattern: /[A-Z]{3}/,
  },
  CURRENCY_URL: {
    purpose: 'Address of the exchange rates for US dollars. Koku fetches them each day at 01:00 UTC.',
    type: 'address with https:// and without a port',
    pattern: /https:\/\/[a-z0-9.-]+(\/[^\s$]*)?/i,
    example: 'https://rates.example.com/latest/USD',
    setBy: 'cluster',
    withOverlay: 'options/exchange-rates',
  },
  CACHE_TIMEOUT: {
    otherwise: '3600',
    purpose: 'Seconds for which the API caches its answers.',
    ...wholeNumber,
  },
  CACHED_VIEWS_DISABLED: {
    otherwise: 'False',
    purpose: 'True: the API caches no answers.',
    ...trueOrFalse,
  },
  MIDDLEWARE_TIME_TO_LIVE: {
    otherwise: '900',
    purpose: 'Seconds for which a process of the API caches users and customers.',
    ...wholeNumber,
  },
  ENABLE_PRERELEASE_FEATURES: {
    otherwise: 'False',
    purpose: 'True: the user interface shows features that are not released yet.',
    ...trueOrFalse,
  },
} as const satisfies Readonly<Record<string, Setting>>;
