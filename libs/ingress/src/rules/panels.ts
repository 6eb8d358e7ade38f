import type { Panels } from '@cost-onprem/contracts';
import { series } from './metrics.ts';

/** Panels about uploads, before Koku takes them. */
export const panels: Panels = {
  Uploads: [
    {
      title: 'Answers to uploads per hour',
      unit: 'short',
      lines: { '{{code}}': `sum by (code) (increase(${series('ingress_responses')}[1h]))` },
    },
    {
      title: 'Messages that Kafka has not confirmed',
      unit: 'short',
      lines: { '{{pod}}': series('ingress_kafka_producer_go_routine_count') },
    },
    {
      title: 'Time to store one upload',
      unit: 's',
      lines: {
        mean: `sum(rate(${series('ingress_stage_seconds_sum')}[5m])) / sum(rate(${series('ingress_stage_seconds_count')}[5m]))`,
      },
    },
  ],
};
