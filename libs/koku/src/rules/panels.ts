import { listenerGroup, uploadTopic, type Panels } from '@cost-onprem/contracts';
import { answers, failures, latency } from './api.ts';
import { series } from './metrics.ts';
import { queueLength } from './queues.ts';

const group = { topic: uploadTopic, consumergroup: listenerGroup };

/** Koku's panels: its queues, its APIs and the uploads. */
export const panels: Panels = {
  Queues: [
    { title: 'Waiting tasks', unit: 'short', lines: { '{{queue}}': `${queueLength} > 0` } },
    {
      title: 'Summaries per hour',
      unit: 'short',
      lines: {
        '{{provider_type}}': `sum by (provider_type) (increase(${series('report_summary_attempts_count_total')}[1h]))`,
      },
    },
  ],
  APIs: [
    {
      title: 'Requests',
      unit: 'reqps',
      lines: { '{{service}} {{status}}': `sum by (service, status) (rate(${answers()}[5m]))` },
    },
    {
      title: 'Share of failed requests',
      unit: 'percentunit',
      lines: {
        '{{service}}': `sum by (service) (rate(${failures}[5m])) / sum by (service) (rate(${answers()}[5m]))`,
      },
    },
    { title: 'Time for 95 of 100 requests', unit: 's', lines: { '{{service}}': latency('5m') } },
  ],
  Listener: [
    {
      title: 'Waiting uploads',
      unit: 'short',
      lines: { 'partition {{partition}}': series('kafka_consumergroup_lag', group) },
    },
    {
      title: 'Uploads per hour',
      unit: 'short',
      lines: {
        arrived: `sum(delta(${series('kafka_topic_partition_current_offset', { topic: uploadTopic })}[1h]))`,
        taken: `sum(delta(${series('kafka_consumergroup_current_offset', group)}[1h]))`,
      },
    },
    { title: 'Kafka brokers', unit: 'short', lines: { brokers: series('kafka_brokers') } },
  ],
};
