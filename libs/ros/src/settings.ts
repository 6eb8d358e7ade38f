/** What an operator may want to change of the resource optimisation (tools/documentation/facts/ros.md#settings). */
import { rosSettingsName, rosTopic, rosTopicKey } from '@cost-onprem/contracts';
import { mergeable } from '@cost-onprem/kit/vocabulary';

const number = { type: 'whole number from 1', pattern: /[1-9][0-9]*/ } as const;

export const rosSettings = mergeable({
  name: rosSettingsName,
  purpose: 'Settings of the resource optimisation.',
  settings: {
    // Here, because Koku's repair reads it too, in clusters that have ROS.
    [rosTopicKey]: { value: rosTopic, purpose: 'Topic in which Koku announces reports.', setBy: 'stack' },
    LOG_LEVEL: {
      value: 'INFO',
      purpose: 'Level of the logs.',
      type: 'DEBUG, INFO or ERROR',
      pattern: /DEBUG|INFO|ERROR/,
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
      purpose:
        'Days after which former recommendations and the use that they came from go, by half months: with 1 to 17, 13 to 46 days stay, with 18 to 28, 28 to 31.',
      // With more days it drops the last month's first half too early (tools/documentation/facts/ros.md#partitions).
      type: 'whole number from 1 to 28',
      pattern: /[1-9]|1[0-9]|2[0-8]/,
    },
    GLOBAL_HTTP_CLIENT_TIMEOUT_SECS: {
      otherwise: '30',
      purpose: 'Seconds for a short request to Kruize. Those with usage and recommendations have no limit.',
      ...number,
    },
    MAXIMUM_COUNT_PER_QUERY_PARAM: {
      otherwise: '5',
      purpose: 'The most values of one filter in a request to the API.',
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
