/** What an operator may want to change of the resource optimisation (tools/documentation/facts/ros.md#settings). */
import { mergeable } from '@cost-onprem/kit/vocabulary';

const number = { type: 'whole number from 1', pattern: /[1-9][0-9]*/ } as const;

export const rosSettings = mergeable({
  name: 'ros-settings',
  purpose: 'Settings of the resource optimisation.',
  settings: {
    LOG_LEVEL: {
      value: 'INFO',
      purpose: 'Level of the logs.',
      type: 'DEBUG, INFO, WARN or ERROR',
      pattern: /DEBUG|INFO|WARN|ERROR/,
    },
    LOGFORMATER: {
      value: 'text',
      purpose: 'Format of a log line: text or json. The name is misspelt in the program.',
      type: 'text or json',
      pattern: /text|json/,
    },
    RECOMMENDATION_POLL_INTERVAL_HOURS: {
      otherwise: '24',
      purpose: 'Hours until a container may get the next recommendation.',
      ...number,
    },
    DATA_RETENTION_PERIOD: {
      otherwise: '15',
      purpose: 'Days for which recommendations are kept.',
      ...number,
    },
    RECORD_LIMIT_CSV: { otherwise: '1000', purpose: 'The most rows of one download as CSV.', ...number },
    DISABLE_NAMESPACE_RECOMMENDATION: {
      value: 'true',
      purpose:
        'true: no recommendations for whole projects, which the program gives only with a server of feature flags.',
      type: 'true or false',
      pattern: /true|false/,
    },
  },
});
