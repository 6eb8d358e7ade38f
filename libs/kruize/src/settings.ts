/** What an operator may want to change of Kruize (tools/documentation/facts/kruize.md#variables). */
import { mergeable } from '@cost-onprem/kit/vocabulary';

const level = {
  type: 'debug, info, warn or error',
  pattern: /debug|info|warn|error/,
} as const;

export const kruizeSettings = mergeable({
  name: 'kruize-settings',
  purpose: 'Settings of Kruize.',
  settings: {
    LOGGING_LEVEL: { value: 'info', purpose: 'Level of Kruize’s own log.', ...level },
    ROOT_LOGGING_LEVEL: { value: 'error', purpose: 'Level of the logs of its libraries.', ...level },
    deletepartitionsthreshold: {
      otherwise: '16',
      purpose: 'Days for which Kruize keeps what it was told. It calculates with 15.',
      type: 'whole number from 16',
      pattern: /1[6-9]|[2-9][0-9]|[1-9][0-9]{2,}/,
    },
    plots: {
      otherwise: 'true',
      purpose: 'false: no figures for the charts of one recommendation, which make it larger.',
      type: 'true or false',
      pattern: /true|false/,
    },
    logAllHttpReqAndResp: {
      otherwise: 'false',
      purpose: 'true: log each request and its answer.',
      type: 'true or false',
      pattern: /true|false/,
    },
  },
});
