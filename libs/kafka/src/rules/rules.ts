import { alert, kafka, noneReady, series, type Rules } from '@cost-onprem/contracts';

/** Kafka's rules, for our own and for an external Kafka. */
export const rules: Rules = {
  workloads: [
    alert({
      alert: 'CostKafkaDown',
      severity: 'critical',
      expression: `${series('kafka_brokers')} == 0
or ${noneReady(kafka.client.workload)}`,
      lasts: '5m',
      summary: 'Kafka does not answer',
      description: 'Accepted uploads wait. Reports still work.',
    }),
  ],
};
